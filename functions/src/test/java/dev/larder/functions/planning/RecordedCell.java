package dev.larder.functions.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.larder.config.Budget;
import dev.larder.config.Registry;
import dev.larder.config.Upstream;
import dev.larder.domain.upstream.KnownTags;
import dev.larder.domain.usage.PullRules;
import dev.larder.domain.usage.UsageRow;
import dev.larder.domain.warming.NewTags;
import dev.larder.domain.warming.Sightings;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import dev.larder.functions.Messages;
import dev.larder.functions.MovableClock;
import dev.larder.functions.table.DynamoDbImageRecords;
import dev.larder.functions.table.ImageRecords;
import dev.larder.functions.table.LocalTable;
import dev.larder.functions.upstream.DynamoDbUpstreamTags;
import dev.larder.functions.usage.DynamoDbUsageDays;
import dev.larder.functions.usage.DynamoDbUsageLog;
import dev.larder.functions.usage.DynamoDbUsageSummaries;
import dev.larder.functions.usage.RecordState;
import dev.larder.functions.usage.UsageRecorder;
import dev.larder.functions.warm.Upstreams;
import dev.larder.testevents.TestEvents;
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

/** A cell with its record on DynamoDB Local, and what comes to be known in it. */
public abstract class RecordedCell {
    /** Where the clock starts. */
    public static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    public final LocalTable local = new LocalTable();
    public final MovableClock clock;
    public final ImageRecords images = new DynamoDbImageRecords(local.client(), LocalTable.NAME);

    /** What is configured; a test may set another. */
    public List<Upstream> upstreams = List.of(hub(Optional.empty()));

    private int pulls;

    RecordedCell(MovableClock clock) {
        this.clock = clock;
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

    /** A digest for each text. */
    public static Digest digest(String text) {
        return new Digest("sha256:" + String.format("%064x", text.hashCode() & 0xffffffffL));
    }

    /** An image by tag. */
    public static Tagged tagged(String image) {
        return (Tagged) ImageReference.parse(image);
    }
}
