package dev.larder.functions.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.larder.config.Substitute;
import dev.larder.config.Track;
import dev.larder.config.Upstream;
import dev.larder.config.Warm;
import dev.larder.domain.popularity.ForwardDecay;
import dev.larder.events.OwnEvent;
import dev.larder.events.WarmOrder;
import dev.larder.events.image.Platform;
import dev.larder.functions.Messages;
import dev.larder.functions.MovableClock;
import dev.larder.functions.bus.RecordingBus;
import dev.larder.functions.bus.RecordingOrders;
import dev.larder.functions.cache.CacheEventHandler;
import dev.larder.functions.cache.Imports;
import dev.larder.functions.cache.Trips;
import dev.larder.functions.ecr.FakeRegistry;
import dev.larder.functions.registry.FakeUpstreams;
import dev.larder.functions.upstream.DynamoDbProbes;
import dev.larder.functions.upstream.DynamoDbUpstreamStates;
import dev.larder.functions.upstream.DynamoDbUpstreamTags;
import dev.larder.functions.upstream.FundsPurse;
import dev.larder.functions.upstream.UpstreamFunds;
import dev.larder.functions.upstream.UpstreamGate;
import dev.larder.functions.upstream.UpstreamHealth;
import dev.larder.functions.usage.DynamoDbUsageLog;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A cell that plans and warms: its real handlers and adapters on DynamoDB Local, with ECR and upstreams in memory. */
public final class PlanningCell extends RecordedCell implements AutoCloseable {
    private static final List<String> PLATFORMS = List.of("linux/amd64");

    public final DynamoDbUpstreamStates states = new DynamoDbUpstreamStates(local.table());
    public final DynamoDbWarmLeases leases = new DynamoDbWarmLeases(local.table());
    public final PlannedOrders planned = new PlannedOrders(local.table());
    public final DayBytes bytes = new DayBytes(local.table());
    public final RecordingBus bus = new RecordingBus();
    public final FakeRegistry ecr;
    public final FakeUpstreams registries;

    public Warm warm = warm(List.of(), List.of());

    private final String name;
    private Optional<Demands> remembered = Optional.empty();
    private RecordingOrders queue = new RecordingOrders();

    /** One alone. */
    public PlanningCell() {
        this("111122223333/eu-central-1", new MovableClock(NOON));
    }

    /** One of several. */
    public PlanningCell(String name, MovableClock clock) {
        super(clock);
        this.name = name;
        this.ecr = new FakeRegistry(clock);
        this.registries = new FakeUpstreams(ecr::published, ecr::content);
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
        PlanningPorts ports =
                PlannerWiring.ports(local.table(), images, warm, new ForwardDecay(Duration.ofDays(7)), clock);
        return new PlanningPorts(
                remembered.orElseGet(ports::demands),
                ports.wanted(),
                ports.sightings(),
                ports.records(),
                ports.states(),
                ports.leases(),
                ports.planned(),
                ports.bytes());
    }

    /** From now on the planner remembers what it read of the usage record, as a function that stays does. */
    public void stays() {
        remembered = Optional.of(ports().demands());
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

    @Override
    public void close() {
        local.close();
    }
}
