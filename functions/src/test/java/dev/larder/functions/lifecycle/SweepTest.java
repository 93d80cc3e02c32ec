package dev.larder.functions.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.config.Lifecycle;
import dev.larder.events.LifecycleWork;
import dev.larder.events.OwnEvent.ImageEvicted;
import dev.larder.events.image.Digest;
import dev.larder.functions.bus.RecordingOrders;
import dev.larder.functions.ecr.CachedManifest;
import dev.larder.functions.table.TaggedImage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SweepTest extends SweepFixture {
    @Test
    void aDryRunSaysWhatWouldGoAndDeletesNothing() {
        pulledThrough(OLD, NEW);
        clock.advance(Duration.ofDays(31));
        records.pulled(NEW, clock.instant());
        Run run = sweep(false, "r1");
        assertEquals(Map.of("evict", 3L, "pulled", 1L, "listed", 2L), run.counts());
        assertEquals(6, registry.size(OLD.repository()));
        assertEquals(Optional.of(run), runs.last());
        RunLine index = line("r1", registry.cached(OLD).orElseThrow());
        assertEquals(RunLine.Outcome.EVICT, index.outcome());
        assertTrue(index.evidence().stream().anyMatch(seen -> seen.startsWith("pushed: ")), index.toString());
        assertEquals(List.of(), tombstones.of(OLD.repository()));
    }

    @Test
    void anEnforcedRunDeletesTheIndexBeforeItsImagesAndLeavesTombstones() {
        pulledThrough(OLD, NEW);
        CachedManifest index = registry.content(registry.cached(OLD).orElseThrow());
        clock.advance(Duration.ofDays(31));
        records.pulled(NEW, clock.instant());
        Run run = sweep(true, "r1");
        assertEquals(Map.of("evicted", 3L, "pulled", 1L, "listed", 2L), run.counts());
        assertEquals(3, registry.size(OLD.repository()));
        List<String> deletions = registry.calls.stream()
                .filter(call -> call.startsWith("delete"))
                .toList();
        assertEquals("delete " + index.digest(), deletions.getFirst());
        Tombstone grave = tombstones.get(OLD.repository(), "old").orElseThrow();
        assertEquals(index.digest(), grave.digest());
        assertEquals("r1", grave.run());
        assertEquals("asked", grave.evidence().getLast());
        assertEquals("asked", line("r1", index.digest()).evidence().getLast());
        assertEquals(3, bus.events().size());
        assertEquals(
                index.digest(),
                assertInstanceOf(ImageEvicted.class, bus.events().getFirst()).digest());
        assertEquals(Optional.empty(), records.tagged(OLD).flatMap(TaggedImage::digest));
    }

    @Test
    void aSecondRunAfterItDoesNothing() {
        pulledThrough(OLD);
        clock.advance(Duration.ofDays(31));
        sweep(true, "r1");
        int calls = registry.calls.size();
        assertEquals(Map.of(), sweep(true, "r2").counts());
        assertEquals(calls, registry.calls.size());
    }

    @Test
    void whatIsNotUnderAnUpstreamIsNotLookedAt() {
        pulledThrough(OURS);
        clock.advance(Duration.ofDays(400));
        assertEquals(Map.of(), sweep(true, "r1").counts());
        assertEquals(3, registry.size(OURS.repository()));
    }

    @Test
    void indexesAreReadOnceAndRemembered() {
        pulledThrough(OLD);
        sweep(false, "r1");
        Digest index = registry.cached(OLD).orElseThrow();
        assertEquals(
                2,
                records.manifest(OLD.repository(), index)
                        .orElseThrow()
                        .children()
                        .size());
    }

    @Test
    void anIndexAddsNothingToTheBytesThatItsImagesHave() {
        pulledThrough(OLD);
        CachedManifest index = registry.content(registry.cached(OLD).orElseThrow());
        clock.advance(Duration.ofDays(31));
        Run run = sweep(true, "r1");
        assertEquals(2 * 110, run.bytes());
        assertEquals(OptionalLong.of(0), line("r1", index.digest()).sizeBytes());
    }

    @Test
    void whatEcrRefusesToDeleteIsReportedAndKeepsNoTombstone() {
        pulledThrough(OLD);
        CachedManifest index = registry.content(registry.cached(OLD).orElseThrow());
        clock.advance(Duration.ofDays(31));
        CachedManifest another = registry.publish(NEW, "linux/amd64");
        registry.adopt(another, index.children().getFirst().digest());
        registry.beforeDelete = () -> registry.tag(OLD.repository(), another, NEW.tag());
        Run run = sweep(true, "r1");
        assertEquals(Map.of("evicted", 2L, "failed", 1L), run.counts());
        RunLine refused = line("r1", index.children().getFirst().digest());
        assertTrue(refused.evidence().getFirst().startsWith("ImageReferencedByManifestList"), refused.toString());
        assertEquals(
                Optional.empty(),
                tombstones.get(OLD.repository(), refused.digest().value()));
    }

    @Test
    void theRecordOfATagThatIsPulledAgainRightAfterTheDeletionStays() {
        pulledThrough(OLD);
        clock.advance(Duration.ofDays(31));
        // heard of before the deletion's answer
        registry.beforeDelete = () -> records.imported(OLD, DIGEST, clock.instant());
        assertEquals(Map.of("evicted", 3L), sweep(true, "r1").counts());
        assertEquals(Optional.of(DIGEST), records.tagged(OLD).flatMap(TaggedImage::digest));
    }

    @Test
    void theRunStopsAtItsLimits() {
        pulledThrough(OLD, OTHER);
        clock.advance(Duration.ofDays(31));
        limits = new Lifecycle.Limits(5, 1_000_000, 100, 100);
        Run run = sweep(true, "r1");
        assertEquals(Map.of("evicted", 3L, "limit", 3L), run.counts());
        assertTrue(run.stopped().isPresent());
        assertEquals(3, registry.size(OLD.repository()) + registry.size(OTHER.repository()));
    }

    @Test
    void theFirstEnforcedRunAfterADeployHasATenthOfTheLimits() {
        pulledThrough(OLD, OTHER);
        clock.advance(Duration.ofDays(31));
        limits = new Lifecycle.Limits(30, 1_000_000, 100, 100);
        version = "2";
        Run first = sweep(true, "r1");
        assertTrue(first.reduced());
        assertEquals(Map.of("evicted", 3L, "limit", 3L), first.counts());
        Run second = sweep(true, "r2");
        assertFalse(second.reduced());
        assertEquals(Map.of("evicted", 3L), second.counts());
    }

    @Test
    void anExecutionThatSchedulerRepeatsIsTheSameRun() {
        pulledThrough(OLD);
        clock.advance(Duration.ofDays(31));
        sweep(true, "r1");
        sweep(true, "r1");
        Undo undo = undo(new RecordingOrders());
        assertEquals(1, undo.run("r1").size());
    }

    @Test
    void aRepositoryThatIsInTwoPiecesIsCountedAndOfferedOnce() {
        pulledThrough(OLD, NEW);
        clock.advance(Duration.ofDays(31));
        records.pulled(NEW, clock.instant());
        limits = new Lifecycle.Limits(5, 1_000_000, 100, 100);
        start(true, "r1");
        LifecycleWork.Plan first = assertInstanceOf(LifecycleWork.Plan.class, queue.getFirst());
        queue.addFirst(
                new LifecycleWork.Plan(first.run(), first.startedAt(), 1, first.arnPrefix(), first.repositories()));
        carryOut(true);
        Run run = runs.get("r1", clock.instant()).orElseThrow();
        assertEquals(Map.of("evicted", 3L, "pulled", 1L, "listed", 2L), run.counts());
        assertEquals(Optional.empty(), run.stopped());
    }

    @Test
    void aSweepDoesNotStartWhileAnotherGoesOn() {
        pulledThrough(OLD);
        clock.advance(Duration.ofDays(31));
        start(true, "r1");
        clock.advance(Duration.ofHours(1));
        queue.clear();
        Run second = start(true, "r2").run();
        assertEquals(Run.Phase.DONE, second.phase());
        assertTrue(
                second.stopped().orElseThrow().startsWith("not started: the sweep r1, begun at "), second.toString());
        assertEquals(List.of(), List.copyOf(queue));
        assertEquals(second, start(true, "r2").run(), "when the schedule tries again");
        assertEquals(List.of(), List.copyOf(queue));
    }
}
