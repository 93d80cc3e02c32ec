package dev.larder.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.larder.config.InvalidConfigException;
import dev.larder.domain.upstream.Failure;
import dev.larder.domain.upstream.FailureKind;
import dev.larder.events.WarmOrder;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.Platform;
import dev.larder.events.image.Tag;
import dev.larder.functions.table.StoredManifest;
import dev.larder.functions.warm.WarmEnding;
import dev.larder.functions.warm.WarmEnding.Outcome;
import dev.larder.functions.warm.WarmLeases;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What someone sees who waits for {@code ./larder warm}. */
class WarmWatchTest {
    private static final Instant NOW = RecordedCell.NOW;
    private static final Digest DIGEST = new Digest("sha256:" + "1".repeat(64));
    private static final Digest CHILD = new Digest("sha256:" + "2".repeat(64));
    private static final Digest OTHER = new Digest("sha256:" + "3".repeat(64));
    private static final Platform AMD64 = Platform.parse("linux/amd64");
    private static final Platform ARM64 = Platform.parse("linux/arm64");

    @TempDir
    private Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init")
    private RecordedCell cell;

    @BeforeEach
    void open() throws IOException, InvalidConfigException {
        cell = new RecordedCell(folder);
    }

    @AfterEach
    void close() {
        cell.close();
    }

    @Test
    void eachStepIsToldOnceUntilTheImageIsWarm() {
        WarmOrder order = order("quay/a/b:1");
        WarmWatch watch = watch(order);
        WarmLeases leases = cell.operated.leases();
        assertEquals(List.of(), lines(watch));
        leases.acquire(order.image(), "1", NOW.plusSeconds(1));
        assertEquals(List.of("importing quay/a/b:1"), lines(watch));
        leases.landed(order.image(), "1", Set.of(AMD64));
        assertEquals(List.of("landed quay/a/b:1 linux/amd64"), lines(watch));
        leases.landed(order.image(), "1", Set.of(AMD64, ARM64));
        cell.operated.images().imported((Tagged) order.image(), DIGEST, NOW.plusSeconds(3));
        cell.operated.images().warmed(order.image(), Optional.empty(), NOW.plusSeconds(3));
        leases.release(order.image(), "1", new WarmEnding(Outcome.WARMED, Optional.empty()), NOW.plusMillis(3500));
        assertEquals(
                List.of(
                        "landed quay/a/b:1 linux/arm64",
                        "warm quay/a/b:1 " + DIGEST + " in 2.5 s, the same as the upstream's"),
                lines(watch));
        assertTrue(watch.isOver() && watch.isWarm());
    }

    @Test
    void whatTheWorkerSaysAtItsEndIsWaitedForAndNotForEver() {
        for (boolean ends : new boolean[] {true, false}) {
            WarmOrder order = order(ends ? "quay/a/b:1" : "quay/a/b:2");
            WarmWatch watch = watch(order);
            WarmLeases leases = cell.operated.leases();
            leases.acquire(order.image(), "1", NOW.plusSeconds(1));
            cell.operated.images().imported((Tagged) order.image(), DIGEST, NOW.plusSeconds(3));
            cell.operated.images().warmed(order.image(), Optional.empty(), NOW.plusSeconds(3));
            watch.look();
            assertFalse(watch.isOver());
            if (ends) {
                Failure behind = new Failure(FailureKind.NOT_FOUND, "TagNotDue", "it has moved on");
                WarmEnding ending = new WarmEnding(Outcome.WARMED, Optional.of(behind));
                leases.release(order.image(), "1", ending, NOW.plusMillis(3500));
                assertEquals(List.of("failed quay/a/b:1: not_found (TagNotDue: it has moved on)"), lines(watch));
            }
            for (int looks = 0; looks < 10; looks++) {
                watch.look();
            }
            assertTrue(watch.isOver());
            assertEquals(!ends, watch.isWarm(), "a worker that died in between leaves an image that is warm");
        }
    }

    @Test
    void anOrderThatComesAgainIsWaitedFor() throws IOException {
        WarmOrder order = order("quay/a/b:1");
        WarmWatch watch = watch(order);
        WarmLeases leases = cell.operated.leases();
        leases.acquire(order.image(), "1", NOW.plusSeconds(1));
        Failure failure = Failure.classify("UpstreamUnavailable", "503");
        leases.release(order.image(), "1", new WarmEnding(Outcome.LATER, Optional.of(failure)), NOW.plusSeconds(2));
        List<WarmStep> steps = watch.look();
        assertEquals(
                List.of("importing quay/a/b:1", "waiting quay/a/b:1: upstream_unavailable (UpstreamUnavailable: 503)"),
                steps.stream().map(WarmStep::line).toList());
        assertEquals(
                "{\"step\":\"waiting\",\"image\":\"quay/a/b:1\",\"orderId\":\"1\",\"failureKind\":"
                        + "\"upstream_unavailable\",\"failureCode\":\"UpstreamUnavailable\",\"failureReason\":\"503\"}",
                JSON.std.asString(steps.getLast().json()));
        assertEquals(List.of(), lines(watch));
        assertFalse(watch.isOver());
        leases.acquire(order.image(), "1", NOW.plusSeconds(60));
        assertEquals(List.of("importing quay/a/b:1"), lines(watch));
    }

    @Test
    void whatSomebodyHasToMendFirstIsNotWaitedFor() {
        WarmOrder order = order("quay/a/b:1");
        WarmWatch watch = watch(order);
        cell.operated.leases().acquire(order.image(), "1", NOW.plusSeconds(1));
        Failure failure = Failure.classify("AccessDeniedException", "no");
        cell.operated
                .leases()
                .release(order.image(), "1", new WarmEnding(Outcome.AGAIN, Optional.of(failure)), NOW.plusSeconds(2));
        assertEquals(
                "failed quay/a/b:1: access (AccessDeniedException: no)",
                lines(watch).getLast());
        assertTrue(watch.isOver() && !watch.isWarm());
    }

    @Test
    void anOrderThatFailsForGoodIsOverAndNotWarm() {
        WarmOrder order = order("quay/a/b:1");
        WarmWatch watch = watch(order);
        cell.operated.leases().acquire(order.image(), "1", NOW.plusSeconds(1));
        cell.operated
                .leases()
                .release(
                        order.image(),
                        "1",
                        new WarmEnding(Outcome.FAILED, Optional.of(Failure.classify("ImageNotFound", "no such tag"))),
                        NOW.plusSeconds(2));
        assertEquals(
                List.of("importing quay/a/b:1", "failed quay/a/b:1: not_found (ImageNotFound: no such tag)"),
                lines(watch));
        assertTrue(watch.isOver());
        assertFalse(watch.isWarm());
    }

    @Test
    void whatAnotherOrderWarmsIsWarmAsWell() throws IOException {
        WarmOrder order = order("quay/a/b:1@" + DIGEST);
        WarmWatch watch = watch(order);
        cell.operated.leases().acquire(order.image(), "another", NOW.plusSeconds(1));
        assertEquals(List.of(), lines(watch));
        cell.operated.images().warmed(order.image(), Optional.of("nobody asked"), NOW.plusSeconds(2));
        WarmStep step = watch.look().getFirst();
        assertEquals("warm quay/a/b@" + DIGEST + " " + DIGEST + ", not compared: nobody asked", step.line());
        assertEquals(
                "{\"step\":\"warm\",\"image\":\"quay/a/b@" + DIGEST + "\",\"by\":\"1\",\"orderId\":\"1\",\"digest\":\""
                        + DIGEST + "\",\"verified\":false,\"unverified\":\"nobody asked\"}",
                JSON.std.asString(step.json()));
    }

    @Test
    void whoWantsTheUpstreamAskedWaitsForMoreThanWhatAnotherOrderFoundInTheCache() {
        WarmOrder order = WarmTarget.parse("quay/a/b:1").order("1", List.of(), true, NOW);
        WarmWatch watch = watch(order);
        cell.operated.images().imported((Tagged) order.image(), DIGEST, NOW.minusSeconds(3_600));
        warmed(order.image(), NOW.plusSeconds(2), AMD64);
        assertEquals(List.of(), lines(watch));
        assertFalse(watch.isOver());
        cell.operated.leases().acquire(order.image(), "1", NOW.plusSeconds(30));
        assertEquals(List.of("importing quay/a/b:1"), lines(watch));
        warmed(order.image(), NOW.plusSeconds(31), AMD64);
        WarmEnding ending = new WarmEnding(Outcome.WARMED, Optional.empty());
        cell.operated.leases().release(order.image(), "1", ending, NOW.plusSeconds(31));
        assertEquals(List.of("warm quay/a/b:1 " + DIGEST + " in 1.0 s, the same as the upstream's"), lines(watch));
    }

    @Test
    void whoWantsAPlatformWaitsForMoreThanWhatAnotherOrderVerified() {
        WarmOrder order = WarmTarget.parse("quay/a/b:1").order("1", List.of(ARM64), false, NOW);
        WarmWatch watch = watch(order);
        cell.operated.images().imported((Tagged) order.image(), DIGEST, NOW.plusSeconds(1));
        warmed(order.image(), NOW.plusSeconds(2), AMD64);
        assertEquals(List.of(), lines(watch));
        warmed(order.image(), NOW.plusSeconds(3), AMD64, ARM64);
        assertTrue(lines(watch).getFirst().startsWith("warm quay/a/b:1"));
    }

    /** Some order warms an index for two platforms, of which it verifies these. */
    private void warmed(ImageReference image, Instant at, Platform... verified) {
        Digested index = new Digested(image.repository(), DIGEST);
        cell.operated
                .images()
                .describe(new StoredManifest(
                        index,
                        Optional.of("application/vnd.oci.image.index.v1+json"),
                        Set.of(CHILD, OTHER),
                        Set.of(verified),
                        OptionalLong.of(100),
                        Optional.empty()));
        cell.operated.images().lists(index, Map.of(CHILD, Optional.of(AMD64), OTHER, Optional.of(ARM64)));
        cell.operated.images().warmed(image, Optional.empty(), at);
    }

    @Test
    void anImageIsNamedByTagByDigestOrByBoth() {
        WarmTarget both = WarmTarget.parse("quay/a/b:1@" + DIGEST);
        assertEquals("quay/a/b@" + DIGEST, both.image().toString());
        assertEquals(Optional.of(new Tag("1")), both.by());
        assertEquals(Optional.empty(), WarmTarget.parse("quay/a/b@" + DIGEST).by());
        assertEquals("quay/a/b:1", WarmTarget.parse("quay/a/b:1").image().toString());
        assertThrows(IllegalArgumentException.class, () -> WarmTarget.parse("quay/a/b"));
        assertThrows(IllegalArgumentException.class, () -> WarmTarget.parse("quay/a/b:1@sha256:12"));
    }

    @Test
    void itLooksAgainSoonAtFirstAndEveryHalfSecondLater() {
        assertEquals(
                List.of(50L, 100L, 200L, 400L, 500L, 500L),
                Stream.iterate(WarmCommand.SHORTEST_POLL, WarmCommand::longer)
                        .limit(6)
                        .map(Duration::toMillis)
                        .toList());
    }

    private WarmWatch watch(WarmOrder order) {
        return new WarmWatch(order, List.of(), cell.operated.leases(), cell.operated.images());
    }

    private static List<String> lines(WarmWatch watch) {
        return watch.look().stream().map(WarmStep::line).toList();
    }

    private static WarmOrder order(String image) {
        return WarmTarget.parse(image).order("1", List.of(), false, NOW);
    }
}
