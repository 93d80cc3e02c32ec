package dev.larder.functions.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.events.LifecycleWork;
import dev.larder.events.OwnEvent.ImageEvicted;
import dev.larder.events.image.Digest;
import dev.larder.functions.bus.Metrics;
import dev.larder.functions.bus.RecordingOrders;
import dev.larder.functions.ecr.CachedManifest;
import dev.larder.functions.ecr.FakeRegistry;
import dev.larder.functions.sweep.PieceLease;
import dev.larder.functions.sweep.Pieces;
import dev.larder.functions.table.TaggedImage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Pieces that come twice, at once, or after a worker that died. */
class SweepAgainTest extends SweepFixture {
    @Test
    void everyPieceMayComeTwiceAndNothingIsDoneTwice() {
        pulledThrough(OLD, NEW, OTHER);
        clock.advance(Duration.ofDays(31));
        twice = true;
        Run run = sweep(true, "r1");
        assertEquals(Map.of("evicted", 9L), run.counts());
        assertEquals(
                9,
                registry.calls.stream()
                        .filter(call -> call.startsWith("delete"))
                        .distinct()
                        .count());
        assertEquals(
                9,
                registry.calls.stream()
                        .filter(call -> call.startsWith("delete"))
                        .count());
        assertEquals(9, bus.events().size());
    }

    @Test
    void aPieceComesAgainUntilWhatIsInUseCanBeReadInItsTime() {
        pulledThrough(OLD);
        clock.advance(Duration.ofDays(31));
        start(true, "r1");
        int[] readings = {0};
        reads = _ -> readings[0]++;
        unreadParts = 3;
        Metrics metrics = new Metrics("LifecycleWorker", line -> {});
        SweepWork work = worker(true);
        for (int part = 0; part < 3; part++) {
            LifecycleWork piece = queue.stream()
                    .filter(LifecycleWork.Plan.class::isInstance)
                    .findFirst()
                    .orElseThrow();
            queue.remove(piece);
            work.carryOut(piece, metrics);
            assertTrue(queue.contains(piece));
        }
        assertEquals(0, readings[0]);
        carryOutUntilEviction(true);
        unreadParts = 1;
        worker(true).carryOut(queue.removeFirst(), new Metrics("LifecycleWorker", line -> {}));
        assertInstanceOf(LifecycleWork.Evict.class, queue.getFirst());
        assertEquals(3, registry.size(OLD.repository()));
        carryOut(true);
        assertEquals(
                Map.of("evicted", 3L),
                runs.get("r1", clock.instant()).orElseThrow().counts());
    }

    @Test
    void aSweepThatHasWaitedForHoursGoesOn() {
        pulledThrough(OLD);
        clock.advance(Duration.ofDays(31));
        start(true, "r1");
        unreadParts = 1_000_000;
        worker(true).carryOut(queue.removeFirst(), new Metrics("LifecycleWorker", line -> {}));
        clock.advance(Duration.ofHours(4));
        carryOut(true);
        assertEquals(Map.of("evicted", 3L), runs.all().findFirst().orElseThrow().counts());
    }

    @Test
    void aRunThatIsOverWaitsForNoReading() {
        pulledThrough(OLD);
        clock.advance(Duration.ofDays(31));
        start(true, "r1");
        LifecycleWork piece = queue.getFirst();
        carryOut(true);
        unreadParts = 1;
        worker(true).carryOut(piece, new Metrics("LifecycleWorker", line -> {}));
        assertTrue(queue.isEmpty());
    }

    @Test
    void twoWorkersAreNeverAtOnePieceAndWhatTheOneDeletesCanBeUndone() {
        pulledThrough(OLD);
        clock.advance(Duration.ofDays(31));
        start(true, "r1");
        carryOutUntilEviction(true);
        LifecycleWork piece = queue.getFirst();
        registry.beforeDelete = () -> {
            registry.beforeDelete = () -> {};
            // known to the other worker alone, who would keep the image and take the tombstones away
            records.pulled(OLD, clock.instant());
            worker(true).carryOut(piece, new Metrics("LifecycleWorker", line -> {}));
        };
        carryOut(true);
        assertEquals(
                Map.of("evicted", 3L),
                runs.get("r1", clock.instant()).orElseThrow().counts());
        assertEquals(0, registry.size(OLD.repository()));
        Undo undo = undo(new RecordingOrders());
        assertEquals(
                List.of(OLD), undo.run("r1").stream().map(SweepFixture::wanted).toList());
        assertEquals(1, sent.stream().filter(piece::equals).count() - 1, "sent once more, for when the other is dead");
    }

    @Test
    void aPieceOfAWorkerThatWasKilledIsCarriedOutOnceItsLeaseIsOver() {
        pulledThrough(OLD);
        clock.advance(Duration.ofDays(31));
        Instant begun = clock.instant();
        start(true, "r1");
        carryOutUntilEviction(true);
        new Pieces(table.table()).take("r1", Pieces.Kind.EVICT, 0, begun);
        LifecycleWork piece = queue.removeFirst();
        worker(true).carryOut(piece, new Metrics("LifecycleWorker", line -> {}));
        assertEquals(List.of(piece), List.copyOf(queue));
        assertEquals(3, registry.size(OLD.repository()));
        clock.advance(PieceLease.TERM);
        carryOut(true);
        assertEquals(Map.of("evicted", 3L), runs.get("r1", begun).orElseThrow().counts());
    }

    @Test
    void ofTwoSelectionsAtOnceOneSendsThePieces() {
        pulledThrough(OLD);
        clock.advance(Duration.ofDays(31));
        start(true, "r1");
        beforeSend = work -> {
            if (work instanceof LifecycleWork.Evict piece) {
                beforeSend = next -> {};
                worker(true)
                        .carryOut(
                                new LifecycleWork.Select(piece.run(), piece.startedAt()),
                                new Metrics("LifecycleWorker", line -> {}));
            }
        };
        carryOut(true);
        assertEquals(
                1, sent.stream().filter(LifecycleWork.Evict.class::isInstance).count());
        assertEquals(
                Map.of("evicted", 3L),
                runs.get("r1", clock.instant()).orElseThrow().counts());
    }

    @Test
    void aSelectionOfAWorkerThatWasKilledIsMadeAgainOnceItsLeaseIsOver() {
        pulledThrough(OLD);
        clock.advance(Duration.ofDays(31));
        Instant begun = clock.instant();
        start(true, "r1");
        Run run = runs.get("r1", begun).orElseThrow();
        worker(true).carryOut(queue.removeFirst(), new Metrics("LifecycleWorker", line -> {}));
        new Pieces(table.table()).take("r1", Pieces.Kind.SELECT, 0, begun);
        runs.advance(run.in(Run.Phase.SELECTING, run.pieces()), Run.Phase.PLANNING);
        LifecycleWork select = queue.getFirst();
        queue.clear();
        worker(true).carryOut(select, new Metrics("LifecycleWorker", line -> {}));
        assertEquals(List.of(select), List.copyOf(queue));
        clock.advance(PieceLease.TERM);
        carryOut(true);
        assertEquals(Map.of("evicted", 3L), runs.get("r1", begun).orElseThrow().counts());
    }

    @Test
    void aTombstoneThatSomebodyTakesAwayWhileItsImageIsDeletedIsPutBack() {
        pulledThrough(OLD);
        Digest index = registry.cached(OLD).orElseThrow();
        clock.advance(Duration.ofDays(31));
        registry.beforeDelete = () -> {
            registry.beforeDelete = () -> {};
            tombstones.remove(OLD.repository(), index, "r1");
        };
        assertEquals(Map.of("evicted", 3L), sweep(true, "r1").counts());
        assertTrue(tombstones.get(OLD.repository(), index, "r1").isPresent());
        assertEquals(3, tombstones.of(OLD.repository()).size());
    }

    @Test
    void aPieceWhoseWorkerDiedInTheMiddleIsFinishedByTheNextAndCanBeUndone() {
        pulledThrough(OLD, OTHER);
        clock.advance(Duration.ofDays(31));
        int[] deletions = {0};
        registry.beforeDelete = () -> {
            if (++deletions[0] == 2) {
                throw FakeRegistry.broken();
            }
        };
        Run run = sweep(true, "r1");
        assertEquals(Map.of("evicted", 6L), run.counts());
        assertEquals(0, registry.size(OLD.repository()) + registry.size(OTHER.repository()));
        Undo undo = undo(new RecordingOrders());
        assertEquals(
                List.of(OLD, OTHER),
                undo.run("r1").stream().map(SweepFixture::wanted).toList());
    }

    @Test
    void whatATryDeletedThatDiedWhileTheNextLooksIsStillAnEviction() {
        pulledThrough(OLD);
        CachedManifest index = registry.content(registry.cached(OLD).orElseThrow());
        clock.advance(Duration.ofDays(31));
        registry.beforeDelete = () -> {
            registry.beforeDelete = () -> {};
            throw FakeRegistry.broken();
        };
        // the call of the try that died is carried out late
        reads = count -> {
            if (count == 5) {
                registry.delete(OLD.repository(), List.of(index.digest()));
            }
        };
        assertEquals(Map.of("evicted", 3L), sweep(true, "r1").counts());
        assertEquals(3, tombstones.of(OLD.repository()).size());
    }

    @Test
    void anEvictionIsToldOnceThoughItsPieceFailsAfterIt() {
        pulledThrough(OLD);
        clock.advance(Duration.ofDays(31));
        int[] deletions = {0};
        registry.beforeDelete = () -> {
            if (++deletions[0] == 2) {
                clock.advance(Duration.ofMinutes(1));
                throw FakeRegistry.broken();
            }
        };
        start(true, "r1");
        Instant begun = clock.instant();
        carryOut(true);
        assertEquals(Map.of("evicted", 3L), runs.get("r1", begun).orElseThrow().counts());
        assertEquals(
                3,
                bus.events().stream()
                        .map(event ->
                                assertInstanceOf(ImageEvicted.class, event).digest())
                        .distinct()
                        .count());
        assertEquals(3, bus.events().size());
    }

    @Test
    void whatAnEarlierTryPreparedAndStaysAfterAllKeepsNoTombstone() {
        pulledThrough(OLD);
        clock.advance(Duration.ofDays(31));
        registry.beforeDelete = () -> {
            registry.beforeDelete = () -> {};
            records.pulled(OLD, clock.instant());
            throw FakeRegistry.broken();
        };
        Run run = sweep(true, "r1");
        assertEquals(3, registry.size(OLD.repository()));
        assertEquals(List.of(), tombstones.of(OLD.repository()));
        assertEquals(0L, run.bytes());
        assertEquals(Map.of("changed in between", 3L), run.counts());
    }

    @Test
    void whatAnEarlierTryDeletedIsForgottenAndToldByTheNext() {
        pulledThrough(OLD);
        clock.advance(Duration.ofDays(31));
        int[] deletions = {0};
        registry.afterDelete = () -> {
            if (++deletions[0] == 1) {
                throw FakeRegistry.broken();
            }
        };
        assertEquals(Map.of("evicted", 3L), sweep(true, "r1").counts());
        assertEquals(3, bus.events().size());
        assertEquals(Optional.empty(), records.tagged(OLD).flatMap(TaggedImage::digest));
    }
}
