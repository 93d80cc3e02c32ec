package dev.larder.functions.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.domain.lifecycle.InUse;
import dev.larder.domain.lifecycle.Manifest;
import dev.larder.events.LifecycleWork;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.functions.bus.RecordingOrders;
import dev.larder.functions.ecr.CachedManifest;
import dev.larder.functions.table.ImageRecords;
import dev.larder.functions.table.RepositoryRecords;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What happens to images between the plan and their deletion. */
class SweepInBetweenTest extends SweepFixture {
    @Test
    void aPullBetweenTheSelectionAndTheDeletionWins() {
        pulledThrough(OLD);
        clock.advance(Duration.ofDays(31));
        // seen by the look right before the deletion, and by none before
        looks = count -> {
            if (count == 3) {
                records.pulled(OLD, clock.instant());
            }
        };
        Run run = sweep(true, "r1");
        assertEquals(Map.of("changed in between", 3L), run.counts());
        assertEquals(3, registry.size(OLD.repository()));
        assertEquals(List.of(), tombstones.of(OLD.repository()));
    }

    @Test
    void aPullBetweenThePlanAndTheSelectionWins() {
        pulledThrough(OLD);
        clock.advance(Duration.ofDays(31));
        looks = count -> {
            if (count == 2) {
                records.pulled(OLD, clock.instant());
            }
        };
        assertEquals(Map.of("pulled", 1L), sweep(true, "r1").counts());
        assertEquals(3, registry.size(OLD.repository()));
    }

    @Test
    void whatHasGrownSinceItWasSelectedStays() {
        pulledThrough(OLD);
        CachedManifest index = registry.content(registry.cached(OLD).orElseThrow());
        clock.advance(Duration.ofDays(31));
        start(true, "r1");
        carryOutUntilEviction(true);
        LifecycleWork.Evict piece = assertInstanceOf(LifecycleWork.Evict.class, queue.removeFirst());
        assertEquals(List.of(new LifecycleWork.Selected(index.digest(), 3, "not pulled", "")), piece.groups());
        queue.add(new LifecycleWork.Evict(
                piece.run(),
                piece.startedAt(),
                piece.batch(),
                piece.repository(),
                List.of(new LifecycleWork.Selected(index.digest(), 2, "not pulled", ""))));
        carryOut(true);
        Run run = runs.get("r1", clock.instant()).orElseThrow();
        assertEquals(Map.of("changed in between", 1L), run.counts());
        assertEquals(3, registry.size(OLD.repository()));
    }

    @Test
    void whatWasSelectedForAnotherReasonStays() {
        pulledThrough(OLD);
        clock.advance(Duration.ofDays(31));
        start(true, "r1");
        carryOutUntilEviction(true);
        LifecycleWork.Evict piece = assertInstanceOf(LifecycleWork.Evict.class, queue.removeFirst());
        LifecycleWork.Selected group = piece.groups().getFirst();
        queue.add(new LifecycleWork.Evict(
                piece.run(),
                piece.startedAt(),
                piece.batch(),
                piece.repository(),
                List.of(new LifecycleWork.Selected(group.first(), group.images(), "quota", group.quota()))));
        carryOut(true);
        assertEquals(3, registry.size(OLD.repository()));
    }

    @Test
    void whyNobodyKnowsOfPullsAnyMoreIsToldOfWhatStaysForThat() {
        pulledThrough(OLD);
        clock.advance(Duration.ofDays(31));
        looks = count -> {
            if (count == 3) {
                completeSince = Optional.empty();
                doubt = Optional.of("3 messages with pulls wait");
            }
        };
        assertEquals(Map.of("changed in between", 3L), sweep(true, "r1").counts());
        String why = line("r1", registry.cached(OLD).orElseThrow()).evidence().getFirst();
        assertTrue(why.endsWith("nobody can say since when every pull is recorded: 3 messages with pulls wait"), why);
    }

    @Test
    void whatComesIntoUseDuringAPieceStays() {
        pulledThrough(OLD);
        Digest digest = registry.cached(OLD).orElseThrow();
        clock.advance(Duration.ofDays(31));
        looks = count -> {
            if (count == 2) {
                inUse = List.of(InUse.of("ECS", Map.of(new Digested(OLD.repository(), digest), "a service")));
            }
        };
        assertEquals(Map.of("changed in between", 3L), sweep(true, "r1").counts());
        assertEquals(3, registry.size(OLD.repository()));
    }

    @Test
    void whatSomebodyDeletesInBetweenIsNoEviction() {
        pulledThrough(OLD);
        CachedManifest index = registry.content(registry.cached(OLD).orElseThrow());
        clock.advance(Duration.ofDays(31));
        reads = count -> {
            if (count == 3) {
                registry.delete(OLD.repository(), List.of(index.digest()));
            }
        };
        Run run = sweep(true, "r1");
        assertEquals(Map.of("evicted", 2L, "gone already", 1L), run.counts());
        assertEquals(
                "somebody else deleted it",
                line("r1", index.digest()).evidence().getFirst());
        assertEquals(Optional.empty(), tombstones.get(OLD.repository(), index.digest(), "r1"));
        assertEquals(2, tombstones.of(OLD.repository()).size());
        assertEquals(2, bus.events().size());
    }

    @Test
    void ofARepositoryThatSomebodyDeletesInBetweenNothingIsEvicted() {
        pulledThrough(OLD);
        List<Digest> all = registry.manifests(OLD.repository()).stream()
                .map(Manifest::digest)
                .toList();
        clock.advance(Duration.ofDays(31));
        reads = count -> {
            if (count == 3) {
                all.reversed().forEach(digest -> registry.delete(OLD.repository(), List.of(digest)));
            }
        };
        Run run = sweep(true, "r1");
        assertEquals(Map.of("gone already", 3L), run.counts());
        assertEquals(0L, run.bytes());
        assertEquals(List.of(), tombstones.of(OLD.repository()));
        assertEquals(List.of(), bus.events());
        assertEquals(List.of(), undo(new RecordingOrders()).run("r1"));
    }

    @Test
    void theLookRightBeforeTheDeletionKnowsWhatOtherReadsOfTheRecordDoNotKnowYet() {
        pulledThrough(OLD);
        clock.advance(Duration.ofDays(31));
        RepositoryRecords stale = records.repository(OLD.repository());
        records.pulled(OLD, clock.instant());
        read = (ImageRecords) Proxy.newProxyInstance(
                SweepFixture.class.getClassLoader(),
                new Class<?>[] {ImageRecords.class},
                (proxy, method, arguments) ->
                        method.getName().equals("repository") ? stale : method.invoke(records, arguments));
        assertEquals(Map.of("changed in between", 3L), sweep(true, "r1").counts());
        assertEquals(3, registry.size(OLD.repository()));
    }

    @Test
    void whatIsBeingWarmedStays() {
        pulledThrough(OLD);
        clock.advance(Duration.ofDays(31));
        leases.acquire(OLD, "undo/r0", clock.instant());
        Run run = sweep(true, "r1");
        assertEquals(3, kept(run));
        assertEquals(3, registry.size(OLD.repository()));
        assertEquals(List.of(), tombstones.of(OLD.repository()));
    }

    @Test
    void whatIsBeingWarmedByItsDigestStays() {
        pulledThrough(OLD);
        clock.advance(Duration.ofDays(31));
        leases.acquire(new Digested(OLD.repository(), registry.cached(OLD).orElseThrow()), "undo/r0", clock.instant());
        assertEquals(Map.of("changed in between", 3L), sweep(true, "r1").counts());
        assertEquals(3, registry.size(OLD.repository()));
        assertEquals(List.of(), tombstones.of(OLD.repository()));
    }
}
