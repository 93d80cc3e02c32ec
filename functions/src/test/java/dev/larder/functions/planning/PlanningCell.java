package dev.larder.functions.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.larder.config.Budget;
import dev.larder.config.Registry;
import dev.larder.config.Substitute;
import dev.larder.config.Track;
import dev.larder.config.Upstream;
import dev.larder.config.Warm;
import dev.larder.domain.popularity.ForwardDecay;
import dev.larder.domain.upstream.KnownTags;
import dev.larder.domain.usage.PullRules;
import dev.larder.domain.usage.UsageRow;
import dev.larder.domain.warming.NewTags;
import dev.larder.domain.warming.Sightings;
import dev.larder.events.OwnEvent;
import dev.larder.events.WarmOrder;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.Platform;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import dev.larder.functions.Messages;
import dev.larder.functions.MovableClock;
import dev.larder.functions.bus.RecordingBus;
import dev.larder.functions.bus.RecordingOrders;
import dev.larder.functions.cache.CacheEventHandler;
import dev.larder.functions.cache.Imports;
import dev.larder.functions.cache.Trips;
import dev.larder.functions.ecr.FakeRegistry;
import dev.larder.functions.registry.FakeUpstreams;
import dev.larder.functions.table.DynamoDbImageRecords;
import dev.larder.functions.table.ImageRecords;
import dev.larder.functions.table.LocalTable;
import dev.larder.functions.upstream.DynamoDbProbes;
import dev.larder.functions.upstream.DynamoDbUpstreamStates;
import dev.larder.functions.upstream.DynamoDbUpstreamTags;
import dev.larder.functions.upstream.FundsPurse;
import dev.larder.functions.upstream.UpstreamFunds;
import dev.larder.functions.upstream.UpstreamGate;
import dev.larder.functions.upstream.UpstreamHealth;
import dev.larder.functions.usage.DynamoDbUsageDays;
import dev.larder.functions.usage.DynamoDbUsageLog;
import dev.larder.functions.usage.DynamoDbUsageSummaries;
import dev.larder.functions.usage.RecordState;
import dev.larder.functions.usage.UsageRecorder;
import dev.larder.functions.warm.DynamoDbTagsOff;
import dev.larder.functions.warm.DynamoDbWarmLeases;
import dev.larder.functions.warm.Upstreams;
import dev.larder.functions.warm.WarmPlanner;
import dev.larder.functions.warm.WarmPorts;
import dev.larder.functions.warm.WarmWorker;
import dev.larder.functions.warm.Warming;
import dev.larder.testevents.TestEvents;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A cell that plans and warms: its real handlers and adapters on DynamoDB Local, with ECR and upstreams in memory. */
public final class PlanningCell implements AutoCloseable {
    /** Where the clock starts. */
    public static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    private static final List<String> PLATFORMS = List.of("linux/amd64");

    public final LocalTable local = new LocalTable();
    public final MovableClock clock;
    public final ImageRecords images = new DynamoDbImageRecords(local.client(), LocalTable.NAME);
    public final DynamoDbUpstreamStates states = new DynamoDbUpstreamStates(local.table());
    public final DynamoDbWarmLeases leases = new DynamoDbWarmLeases(local.table());
    public final PlannedOrders planned = new PlannedOrders(local.table());
    public final DayBytes bytes = new DayBytes(local.table());
    public final RecordingBus bus = new RecordingBus();
    public final FakeRegistry ecr;
    public final FakeUpstreams registries;

    /** What is configured; a test may set another. */
    public List<Upstream> upstreams = List.of(hub(Optional.empty()));

    public Warm warm = warm(List.of(), List.of());

    private final String name;
    private RecordingOrders queue = new RecordingOrders();
    private int pulls;

    /** One alone. */
    public PlanningCell() {
        this("111122223333/eu-central-1", new MovableClock(NOON));
    }

    /** One of several. */
    public PlanningCell(String name, MovableClock clock) {
        this.name = name;
        this.clock = clock;
        this.ecr = new FakeRegistry(clock);
        this.registries = new FakeUpstreams(ecr::published, ecr::content);
    }

    /** Docker Hub. */
    public static Upstream hub(Optional<Budget> budget) {
        return new Upstream(
                "docker-hub",
                Registry.DOCKER_HUB,
                "registry-1.docker.io",
                Optional.empty(),
                List.of("library/*"),
                budget);
    }

    /** Settings with these pins and tracks. */
    public static Warm warm(List<String> pins, List<Track> tracks) {
        return new Warm(
                "rate(15 minutes)",
                PLATFORMS,
                pins,
                tracks,
                new Warm.Popular(10, 2, Duration.ofDays(14)),
                Warm.Limits.DEFAULT,
                List.of(),
                List.of());
    }

    /** Settings with these pins. */
    public void pin(String... pins) {
        warm = warm(List.of(pins), List.of());
    }

    /** The same settings, with other limits. */
    public void limit(Warm.Limits limits) {
        warm = new Warm(
                warm.schedule(),
                warm.platforms(),
                warm.pins(),
                warm.tracks(),
                warm.popular(),
                limits,
                warm.cells(),
                warm.substitutes());
    }

    /** The same settings, with another measure of popularity. */
    public void popular(Warm.Popular popular) {
        warm = new Warm(
                warm.schedule(),
                warm.platforms(),
                warm.pins(),
                warm.tracks(),
                popular,
                warm.limits(),
                warm.cells(),
                warm.substitutes());
    }

    /** The same settings, with cells that hear of this one, and substitutes. */
    public void tells(List<String> cells, List<Substitute> substitutes) {
        warm = new Warm(
                warm.schedule(),
                warm.platforms(),
                warm.pins(),
                warm.tracks(),
                warm.popular(),
                warm.limits(),
                cells,
                substitutes);
    }

    /** A client pulls, as CloudTrail tells it. */
    public void pulled(String image, Instant... times) {
        Tagged tagged = tagged(image);
        UsageRecorder recorder = new UsageRecorder(
                new PullRules(Set.of("docker-hub", "ecr-public", "quay"), Set.of(), Set.of()),
                new DynamoDbUsageLog(local.table()),
                new RecordState(local.table(), new Upstreams(upstreams))::begin,
                clock);
        List<String> bodies = Stream.of(times)
                .map(time -> Messages.pull(
                        tagged.repository().value(), tagged.tag().value(), "eks-node", "pull-" + pulls++, time))
                .toList();
        assertEquals(List.of(), Messages.failed(recorder.handleRequest(Messages.of(bodies), null)));
    }

    /** A client's pull fails. */
    public void failed(String image, Instant time) {
        Tagged tagged = tagged(image);
        failed(tagged.repository(), "\"imageTag\": \"" + tagged.tag() + "\"", time);
    }

    /** A client's pull by digest fails. */
    public void failed(Digested image, Instant time) {
        failed(image.repository(), "\"imageDigest\": \"" + image.digest() + "\"", time);
    }

    private void failed(RepositoryName repository, String image, Instant time) {
        String body = TestEvents.json("cloudtrail/batch-get-image-repository-not-found.json")
                .replaceAll("\"repositoryName\": \"[^\"]+\"", "\"repositoryName\": \"" + repository + "\"")
                .replaceAll("\"imageTag\": \"[^\"]+\"", image)
                .replaceAll("\"eventID\": \"[^\"]+\"", "\"eventID\": \"failed-" + pulls++ + "\"")
                .replaceAll("\"eventTime\": \"[^\"]+\"", "\"eventTime\": \"" + time + "\"");
        UsageRecorder recorder = new UsageRecorder(
                new PullRules(Set.of("docker-hub"), Set.of(), Set.of()),
                new DynamoDbUsageLog(local.table()),
                new RecordState(local.table(), new Upstreams(upstreams))::begin,
                clock);
        assertEquals(List.of(), Messages.failed(recorder.handleRequest(Messages.of(List.of(body)), null)));
    }

    /** An image was pulled once on each of so many days until yesterday, and those days are closed. */
    public void daily(int days, String... pulled) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        DynamoDbUsageSummaries summaries = new DynamoDbUsageSummaries(local.table());
        IntStream.rangeClosed(1, days)
                .mapToObj(today::minusDays)
                .forEach(day -> summaries.keep(
                        day,
                        Stream.of(pulled)
                                .map(image ->
                                        new UsageRow(tagged(image), "role/node", Optional.empty(), 1, 0, 0, 0, 100))
                                .toList()));
        new DynamoDbUsageDays(local.table()).closed(today.minusDays(1));
    }

    /** The image is in the cache, checked at this time. */
    public Digest cached(String image, Instant checkedAt) {
        Digest digest = digest(image);
        images.imported(tagged(image), digest, checkedAt);
        return digest;
    }

    /** The upstream's list of tags was read, the whole of it, a while ago. */
    public void listed(String repository, String... tags) {
        RepositoryName name = new RepositoryName(repository);
        Set<Tag> list = new HashSet<>();
        Stream.of(tags).map(Tag::new).forEach(list::add);
        KnownTags known = KnownTags.none(name).listed(list, Optional.empty(), clock.instant());
        new DynamoDbUpstreamTags(local.table(), clock).keep(known);
    }

    /** The upstream got these tags just now. */
    public void came(String repository, String... tags) {
        RepositoryName name = new RepositoryName(repository);
        DynamoDbUpstreamTags known = new DynamoDbUpstreamTags(local.table(), clock);
        Set<Tag> list = new HashSet<>(known.of(name).tags().keySet());
        Stream.of(tags).map(Tag::new).forEach(list::add);
        KnownTags after = known.of(name).listed(list, Optional.empty(), clock.instant());
        known.keep(after);
        new DynamoDbSightings(local.table(), clock)
                .keep(
                        name.value().substring(0, name.value().indexOf('/')),
                        new Sightings(
                                NewTags.of(after, clock.instant()), Map.of(), after.listedAt(), Optional.empty()));
    }

    /** What the planner ordered, by its real handler. */
    public List<WarmOrder> plan() {
        queue = new RecordingOrders();
        invoke();
        return queue.orders();
    }

    /** The images ordered. */
    public List<String> planned() {
        return plan().stream().map(order -> order.image().toString()).toList();
    }

    /** What the planner prints. */
    public String printed() {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
            System.setOut(out);
            plan();
        } finally {
            System.setOut(before);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }

    private Map<String, Object> invoke() {
        String input =
                TestEvents.json("scheduler/plan-warming.json").replace("d32c5kddcf5bb8c3", "run-" + clock.instant());
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        try {
            new WarmPlanner(wiring())
                    .handleRequest(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), output, null);
            return JSON.std.mapFrom(output.toString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private PlannerWiring wiring() {
        return new PlannerWiring(
                planning(),
                PLATFORMS.stream().map(Platform::parse).toList(),
                queue,
                planned,
                new Broadcast(name, warm.cells(), bus),
                clock);
    }

    /** What plans. */
    public WarmPlanning planning() {
        return new WarmPlanning(new Upstreams(upstreams), warm, ports());
    }

    /** What it plans with. */
    public PlanningPorts ports() {
        return PlannerWiring.ports(local.table(), images, warm, new ForwardDecay(Duration.ofDays(7)), clock);
    }

    /** The worker is delivered these orders. What is to arrive later is returned. */
    public List<RecordingOrders.Later> work(WarmOrder... orders) {
        RecordingOrders later = new RecordingOrders();
        List<String> bodies = Stream.of(orders).map(WarmOrder::toJson).toList();
        worker(later).handleRequest(Messages.of(bodies), null);
        return later.sentLater();
    }

    private WarmWorker worker(RecordingOrders later) {
        UpstreamHealth health = new UpstreamHealth(states);
        Upstreams all = new Upstreams(upstreams);
        return new WarmWorker(
                new Warming(new WarmPorts(
                        all,
                        ecr,
                        images,
                        leases,
                        new DynamoDbTagsOff(local.table()),
                        health,
                        new UpstreamGate(health, new DynamoDbProbes(local.table()), clock),
                        registries,
                        new FundsPurse(states),
                        new DynamoDbUpstreamTags(local.table(), clock)::of,
                        later,
                        bus,
                        clock::advance,
                        () -> 0.5,
                        clock)),
                new Settling(planned, images, all, new UpstreamFunds(states), bytes, clock),
                clock);
    }

    /** The bus brings an event of another cell. */
    public void hears(OwnEvent event) {
        CacheEventHandler handler = new CacheEventHandler(
                new Upstreams(upstreams),
                images,
                leases,
                new Imports(
                        images,
                        new Trips(new DynamoDbUsageLog(local.table()), clock),
                        leases,
                        new UpstreamHealth(states),
                        new RecordingOrders(),
                        List.of()),
                new DynamoDbElsewhere(local.table()),
                repository -> {},
                clock);
        String json = event.toJson("92c0d180-0008-4b00-8000-000000000008", "111122223333", "us-east-1");
        assertEquals(List.of(), Messages.failed(handler.handleRequest(Messages.of(List.of(json)), null)));
    }

    /** What is left of an upstream's budget now. */
    public double left(String prefix) {
        Upstream upstream = upstreams.stream()
                .filter(one -> one.prefix().equals(prefix))
                .findFirst()
                .orElseThrow();
        return new UpstreamFunds(states)
                .of(upstream, clock.instant())
                .bucket()
                .orElseThrow()
                .tokens();
    }

    /** A digest for each text. */
    public static Digest digest(String text) {
        return new Digest("sha256:" + String.format("%064x", text.hashCode() & 0xffffffffL));
    }

    /** An image by tag. */
    public static Tagged tagged(String image) {
        return (Tagged) ImageReference.parse(image);
    }

    @Override
    public void close() {
        local.close();
    }
}
