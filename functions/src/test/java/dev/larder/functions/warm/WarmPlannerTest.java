package dev.larder.functions.warm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.config.Budget;
import dev.larder.config.Registry;
import dev.larder.config.Upstream;
import dev.larder.config.Warm;
import dev.larder.domain.upstream.Failure;
import dev.larder.events.WarmOrder;
import dev.larder.events.WarmReason;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.Platform;
import dev.larder.functions.MovableClock;
import dev.larder.functions.bus.RecordingOrders;
import dev.larder.functions.table.InMemoryImageRecords;
import dev.larder.functions.table.StoredManifest;
import dev.larder.functions.table.TaggedImage;
import dev.larder.functions.upstream.InMemoryUpstreamStates;
import dev.larder.functions.upstream.UpstreamHealth;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WarmPlannerTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final Digest DIGEST = new Digest("sha256:" + "1".repeat(64));
    private static final Tagged PIN = image("docker-hub/library/nginx:1.27");

    private final MovableClock clock = new MovableClock(NOON);
    private final InMemoryImageRecords records = new InMemoryImageRecords();
    private final InMemoryUpstreamStates states = new InMemoryUpstreamStates();
    private final InMemoryWarmLeases leases = new InMemoryWarmLeases();
    private final RecordingOrders orders = new RecordingOrders();
    private RecentPulls recent = (image, since, now) ->
            new RecentPulls.Recent(10, records.tagged(image).flatMap(TaggedImage::lastPulledAt));
    private final Warm warm = new Warm(
            "rate(1 hour)",
            List.of("linux/amd64"),
            List.of(PIN.toString()),
            List.of(),
            new Warm.Popular(10, 3, Duration.ofDays(14)),
            Warm.Limits.DEFAULT,
            List.of(),
            List.of());

    @Test
    void aPinThatIsNotCachedIsOrderedWithThePlatformsWanted() throws IOException {
        assertEquals("{\"ordered\":1,\"leftCold\":0}", sorted(plan()));
        WarmOrder order = orders.orders().getFirst();
        assertEquals(PIN, order.image());
        assertEquals(WarmReason.PINNED, order.reason());
        assertEquals(List.of(Platform.parse("linux/amd64")), order.platforms());
        assertEquals(NOON, order.requestedAt());
    }

    @Test
    void aSecondRunWithinTheHourOrdersWhatIsStillColdAndPaysForItAgain() throws IOException {
        plan();
        double once = states.of("docker-hub").tokens().orElseThrow().left();
        plan();
        assertEquals(2, orders.orders().size());
        assertTrue(states.of("docker-hub").tokens().orElseThrow().left() < once);
    }

    @Test
    void whatIsWarmIsLeftAloneUntilItsCheckIsNearlyADayOld() throws IOException {
        records.imported(PIN, DIGEST, NOON);
        plan();
        assertEquals(0, orders.orders().size());
        clock.advance(Duration.ofHours(22));
        plan();
        assertEquals(WarmReason.STALE, orders.orders().getFirst().reason());
        assertTrue(orders.orders().getFirst().refresh());
    }

    @Test
    void afterADayEcrChecksByItselfAndNoTagHasToBeTakenOff() throws IOException {
        records.imported(PIN, DIGEST, NOON);
        clock.advance(Duration.ofHours(25));
        plan();
        assertEquals(false, orders.orders().getFirst().refresh());
    }

    @Test
    void popularImagesAreOrderedWithinTheBudgetAndTheirPlatformsAreTheCost() throws IOException {
        records.imported(PIN, DIGEST, NOON);
        for (int i = 0; i < 8; i++) {
            Tagged popular = image("docker-hub/library/popular" + i + ":1");
            records.usage(popular, NOON, 10, OptionalDouble.of(10 - i));
        }
        plan();
        assertEquals(
                List.of("popular0", "popular1", "popular2"),
                orders.orders().stream()
                        .map(order -> order.image().repository().value().substring("docker-hub/library/".length()))
                        .toList(),
                "24 of 25 pulls at 8 each, since nobody knows their platforms");
    }

    @Test
    void aKnownImageCostsItsChildren() throws IOException {
        records.imported(PIN, DIGEST, NOON.minus(Duration.ofHours(23)));
        records.describe(new StoredManifest(
                new Digested(PIN.repository(), DIGEST),
                Optional.of("application/vnd.oci.image.index.v1+json"),
                Set.of(new Digest("sha256:" + "2".repeat(64)), new Digest("sha256:" + "3".repeat(64))),
                Set.of(Platform.parse("linux/amd64")),
                OptionalLong.empty(),
                Optional.empty()));
        plan();
        assertEquals(23, states.of("docker-hub").tokens().orElseThrow().left());
    }

    @Test
    void whatIsBeingWarmedIsNotOrdered() throws IOException {
        leases.acquire(PIN, "other", NOON);
        plan();
        assertEquals(List.of(), orders.orders());
    }

    @Test
    void anUpstreamThatFailsGetsNoOrders() throws IOException {
        new UpstreamHealth(states).failed("docker-hub", Failure.classify("UpstreamTooManyRequests", ""), NOON);
        assertEquals("{\"ordered\":0,\"leftCold\":1}", sorted(plan()));
    }

    @Test
    void whatWasPulledOftenLongAgoAndOnceNowIsNotPopular() throws IOException {
        records.imported(PIN, DIGEST, NOON);
        records.usage(image("docker-hub/library/old:1"), NOON, 99, OptionalDouble.of(1));
        recent = (image, since, now) -> new RecentPulls.Recent(
                since.equals(NOON.minus(Duration.ofDays(14))) && now.equals(NOON) ? 2 : 99, Optional.of(NOON));
        plan();
        assertEquals(List.of(), orders.orders());
    }

    @Test
    void aPinThatIsRefusedForGoodIsNeitherOrderedNorPaidForEveryHour() throws IOException {
        records.warmFailed(PIN, Failure.classify("ImageNotFound", "no such tag"), NOON);
        records.warmFailed(PIN, Failure.classify("ImageNotFound", "no such tag"), NOON.plusSeconds(1));
        clock.advance(Duration.ofHours(2));
        plan();
        assertEquals(List.of(), orders.orders());
        assertEquals(Optional.empty(), states.of("docker-hub").tokens());
        clock.advance(Duration.ofSeconds(1));
        plan();
        assertEquals(1, orders.orders().size());
    }

    @Test
    void whatTheAllowListDoesNotHaveIsNotOrdered() throws IOException {
        records.imported(PIN, DIGEST, NOON);
        records.usage(image("docker-hub/someone/tool:1"), NOON, 99, OptionalDouble.of(9));
        plan();
        assertEquals(List.of(), orders.orders());
    }

    @Test
    void anotherTaskIsAMistakeThatShows() {
        assertThrows(IOException.class, () -> handle("sweep-lifecycle"));
        assertThrows(
                IOException.class,
                () -> planner()
                        .handleRequest(new ByteArrayInputStream(new byte[0]), new ByteArrayOutputStream(), null));
    }

    private String plan() throws IOException {
        return handle("plan-warming");
    }

    private String handle(String task) throws IOException {
        String input = """
                {"source":"larder.scheduler","task":"%s","scheduledTime":"%s","executionId":"e1","attempt":"1"}
                """.formatted(task, NOON);
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        planner().handleRequest(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), output, null);
        return output.toString(StandardCharsets.UTF_8);
    }

    private WarmPlanner planner() {
        Upstreams upstreams = new Upstreams(List.of(new Upstream(
                "docker-hub",
                Registry.DOCKER_HUB,
                "registry-1.docker.io",
                Optional.empty(),
                List.of("library/*"),
                Optional.of(new Budget(100, Duration.ofHours(6), 50, Budget.Counts.MANIFESTS)))));
        return new WarmPlanner(
                new WarmPlanning(upstreams, warm, records, states, leases, recent), records, warm, orders, clock);
    }

    /** The members of the answer in one order: a map has none. */
    private static String sorted(String answer) {
        return answer.startsWith("{\"left")
                ? answer.replaceAll("\\{(\"leftCold\":\\d+),(\"ordered\":\\d+)}", "{$2,$1}")
                : answer;
    }

    private static Tagged image(String text) {
        return (Tagged) ImageReference.parse(text);
    }
}
