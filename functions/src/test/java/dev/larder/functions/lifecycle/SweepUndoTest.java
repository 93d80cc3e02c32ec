package dev.larder.functions.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.domain.image.KeepTag;
import dev.larder.events.WarmOrder;
import dev.larder.events.WarmReason;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.functions.bus.RecordingOrders;
import dev.larder.functions.ecr.CachedManifest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What can be taken back of a sweep. */
class SweepUndoTest extends SweepFixture {
    @Test
    void whatAnEnforcedRunEvictedIsOrderedAgainByUndo() {
        pulledThrough(OLD, OTHER);
        clock.advance(Duration.ofDays(31));
        sweep(true, "r1");
        RecordingOrders orders = new RecordingOrders();
        Undo undo = undo(orders);
        List<WarmOrder> made = undo.run("r1");
        assertEquals(
                List.of(OLD, OTHER), made.stream().map(SweepFixture::wanted).toList());
        assertEquals(made, orders.orders());
        assertEquals(WarmReason.UNDO, made.getFirst().reason());
        assertEquals(List.of(), undo.run("r2"));
        assertEquals(1, undo.image(OTHER).size());
        assertEquals(List.of(), undo.image(NEW));
    }

    @Test
    void aTombstoneHasTheTagsThatCanBeAskedForAndUndoOrdersNoOthers() {
        pulledThrough(OLD);
        CachedManifest index = registry.content(registry.cached(OLD).orElseThrow());
        registry.tag(OLD.repository(), index, KeepTag.of(index.digest()));
        clock.advance(Duration.ofDays(31));
        sweep(true, "r1");
        assertEquals(
                List.of(OLD.tag()),
                tombstones.get(OLD.repository(), "old").orElseThrow().tags());
        Undo undo = undo(new RecordingOrders());
        assertEquals(
                List.of(OLD), undo.run("r1").stream().map(SweepFixture::wanted).toList());
        assertEquals(
                1, undo.image(new Digested(OLD.repository(), index.digest())).size());
    }

    @Test
    void thatTheUpstreamHadItByDigestAloneIsInItsTombstoneAndUndoSaysWhatFollows() {
        pulledThrough(OLD, OTHER);
        byDigest.add(registry.cached(OLD).orElseThrow());
        clock.advance(Duration.ofDays(31));
        sweep(true, "r1");
        Undo undo = undo(new RecordingOrders());
        List<String> doubts = undo.doubts(undo.run("r1"));
        assertEquals(1, doubts.size(), doubts::toString);
        assertTrue(
                doubts.getFirst().contains("by digest alone: its tag old leads elsewhere or nowhere there"),
                doubts::toString);
    }

    @Test
    void whoDeletesBelievesWhatWasAnsweredSinceTheRunBeganAndWhoDoesNotAnything() {
        pulledThrough(OLD);
        clock.advance(Duration.ofDays(31));
        sweep(false, "r1");
        clock.advance(Duration.ofHours(1));
        sweep(true, "r2");
        assertEquals(List.of(Optional.empty(), Optional.of(clock.instant())), askedSince);
    }

    @Test
    void whatOnlyAKeepTagHeldHasATombstoneByDigestAndIsOrderedByIt() {
        pulledThrough(OLD);
        CachedManifest index = registry.content(registry.cached(OLD).orElseThrow());
        registry.tag(OLD.repository(), index, KeepTag.of(index.digest()));
        registry.untag(OLD);
        clock.advance(Duration.ofDays(31));
        sweep(true, "r1");
        assertEquals(
                List.of(),
                tombstones
                        .get(OLD.repository(), index.digest().value())
                        .orElseThrow()
                        .tags());
        Undo undo = undo(new RecordingOrders());
        assertEquals(
                List.of(new Digested(OLD.repository(), index.digest())),
                undo.run("r1").stream().map(WarmOrder::image).toList());
    }
}
