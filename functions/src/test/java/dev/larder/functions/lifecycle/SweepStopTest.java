package dev.larder.functions.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.config.Lifecycle;
import dev.larder.events.LifecycleWork;
import dev.larder.functions.bus.Metrics;
import dev.larder.functions.sweep.EvictionSwitch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What stops a sweep that is going on. */
class SweepStopTest extends SweepFixture {
    @Test
    void aLimitIsToldOfAgainWhenItsPieceComesAgain() {
        pulledThrough(OLD, OTHER);
        clock.advance(Duration.ofDays(31));
        limits = new Lifecycle.Limits(3, 1_000_000, 100, 100);
        start(true, "r1");
        List<String> told = new ArrayList<>();
        Metrics metrics = new Metrics("LifecycleWorker", told::add);
        SweepWork work = worker(true);
        while (!(queue.getFirst() instanceof LifecycleWork.Select)) {
            work.carryOut(queue.removeFirst(), metrics);
        }
        work.carryOut(queue.getFirst(), metrics);
        Metrics afterDeath = new Metrics("LifecycleWorker", told::add);
        work.carryOut(queue.getFirst(), afterDeath);
        afterDeath.flush(clock.instant());
        assertTrue(told.getFirst().contains("\"EvictionStopped\":1"), told::toString);
    }

    @Test
    void nothingGoesWhileTheSwitchIsOff() {
        pulledThrough(OLD);
        clock.advance(Duration.ofDays(31));
        killSwitch.turn(new EvictionSwitch.State(true, "ops", "incident 7", clock.instant()));
        Run run = sweep(true, "r1");
        assertEquals(Map.of("switched off", 3L), run.counts());
        assertTrue(run.stopped().orElseThrow().endsWith("by ops: incident 7"), run.toString());
        assertEquals(3, registry.size(OLD.repository()));
        assertEquals(List.of(), tombstones.of(OLD.repository()));
        killSwitch.turn(new EvictionSwitch.State(false, "ops", "", clock.instant()));
        assertEquals(Map.of("evicted", 3L), sweep(true, "r2").counts());
    }

    @Test
    void theSwitchCountsFromTheNextCallOn() {
        pulledThrough(OLD);
        clock.advance(Duration.ofDays(31));
        registry.beforeDelete =
                () -> killSwitch.turn(new EvictionSwitch.State(true, "ops", "incident 8", clock.instant()));
        Run run = sweep(true, "r1");
        assertEquals(Map.of("evicted", 1L, "switched off", 2L), run.counts());
        assertTrue(run.stopped().orElseThrow().endsWith("by ops: incident 8"), run.toString());
        assertEquals(2, registry.size(OLD.repository()));
        assertEquals(1, tombstones.of(OLD.repository()).size());
    }

    @Test
    void nothingGoesAnyMoreOnceTheFileSaysSo() {
        pulledThrough(OLD);
        clock.advance(Duration.ofDays(31));
        start(true, "r1");
        carryOutUntilEviction(true);
        Eviction now = eviction(false);
        carryOut(new Eviction(
                now.policy(), now.quotas(), now.limits(), false, eviction(true).settings()));
        Run run = runs.get("r1", clock.instant()).orElseThrow();
        assertEquals(Map.of("switched off", 3L), run.counts());
        assertEquals(Optional.of("lifecycle.enforce is false by now"), run.stopped());
        assertEquals(3, registry.size(OLD.repository()));
    }

    @Test
    void aRunUnderOtherSettingsSelectsNothing() {
        pulledThrough(OLD);
        clock.advance(Duration.ofDays(31));
        start(true, "r1");
        limits = new Lifecycle.Limits(101, 1_000_000, 100, 100);
        carryOut(true);
        Run run = runs.get("r1", clock.instant()).orElseThrow();
        assertEquals(Run.Phase.DONE, run.phase());
        assertTrue(
                run.stopped().orElseThrow().startsWith("lifecycle's settings changed in the middle"), run.toString());
        assertEquals(3, registry.size(OLD.repository()));
    }

    @Test
    void aSweepThatCannotGoOnIsGivenUpAndItsPiecesDoNothingAnyMore() {
        pulledThrough(OLD);
        clock.advance(Duration.ofDays(31));
        Instant begun = clock.instant();
        start(true, "r1");
        LifecycleWork lost = queue.removeFirst();
        queue.clear();
        clock.advance(EarlierRuns.SILENT);
        SweepStart.Started second = start(true, "r2");
        assertEquals(1, second.abandoned());
        assertEquals(Run.Phase.PLANNING, second.run().phase());
        Run first = runs.get("r1", begun).orElseThrow();
        assertEquals(Run.Phase.DONE, first.phase());
        assertTrue(first.stopped().orElseThrow().startsWith("given up while planning"), first.toString());
        queue.clear();
        queue.add(lost);
        carryOut(true);
        assertEquals(first, runs.get("r1", begun).orElseThrow());
        assertEquals(3, registry.size(OLD.repository()));
    }

    @Test
    void nothingGoesAnyMoreOfASweepThatWasGivenUpInTheMiddle() {
        pulledThrough(OLD);
        clock.advance(Duration.ofDays(31));
        // by somebody else, between the selection and the deletion
        looks = count -> {
            if (count == 2) {
                Run now = runs.get("r1", clock.instant()).orElseThrow();
                runs.advance(now.in(Run.Phase.DONE, now.pieces()), now.phase());
            }
        };
        assertEquals(3, registry.size(OLD.repository()));
        sweep(true, "r1");
        assertEquals(3, registry.size(OLD.repository()));
        assertEquals(List.of(), tombstones.of(OLD.repository()));
    }
}
