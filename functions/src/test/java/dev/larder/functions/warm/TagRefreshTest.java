package dev.larder.functions.warm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.config.Budget;
import dev.larder.config.Budget.Counts;
import dev.larder.config.Registry;
import dev.larder.domain.image.KeepTag;
import dev.larder.domain.upstream.Circuit;
import dev.larder.domain.upstream.Failure;
import dev.larder.events.WarmOrder;
import dev.larder.events.WarmReason;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.Tag;
import dev.larder.functions.MovableClock;
import dev.larder.functions.ecr.CachedManifest;
import dev.larder.functions.ecr.PatientImageCache;
import dev.larder.functions.table.TaggedImage;
import dev.larder.functions.warm.WarmEnding.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a tag is brought forward before ECR's own check is due. */
class TagRefreshTest {
    private static final Tagged MINOR = (Tagged) ImageReference.parse("docker-hub/library/nginx:1.27");
    private static final Tagged EXACT = new Tagged(MINOR.repository(), new Tag("1.27.4"));
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    private final MovableClock clock = new MovableClock(NOON);
    private final Worker worker = new Worker(clock);

    private CachedManifest old;
    private CachedManifest moved;

    TagRefreshTest() {
        this.old = worker.registry.publish(MINOR, "linux/amd64");
        this.moved = old;
    }

    @BeforeEach
    void theTagIsCachedAndMovesAtTheUpstream() {
        worker.warming().carryOut(order("1", WarmReason.PINNED, false));
        clock.advance(Duration.ofHours(5));
        moved = worker.registry.publish(MINOR, "linux/amd64");
        worker.registry.calls.clear();
        worker.upstreams.looks.clear();
    }

    @Test
    void anotherTagOfTheNewImageIsImportedAndTheTagPutOnItInOneStep() {
        worker.registry.publishAs(EXACT, moved);
        worker.known("1.27.3");
        worker.known("1.27.4");
        assertEquals(Outcome.WARMED, refresh());
        assertEquals(List.of("get 1.27", "get 1.27.4", "import 1.27.4", "tag 1.27"), worker.registry.calls);
        assertEquals(List.of("1.27", "1.27.4"), worker.upstreams.looks);
        assertEquals(Optional.of(moved.digest()), worker.registry.cached(MINOR));
        for (Tagged image : List.of(MINOR, EXACT)) {
            assertEquals(
                    Optional.of(moved.digest()), worker.records.tagged(image).flatMap(TaggedImage::digest));
        }
        assertTrue(worker.leases.heldAt(EXACT, clock.instant()), "its import is not taken for a user's");
    }

    @Test
    void aNewImageThatIsCachedAlreadyNeedsNoImport() {
        worker.registry.publishAs(EXACT, moved);
        worker.registry.get(EXACT);
        worker.registry.calls.clear();
        assertEquals(Outcome.WARMED, refresh());
        assertEquals(List.of("get 1.27", "tag 1.27"), worker.registry.calls);
        assertEquals(Optional.of(moved.digest()), worker.registry.cached(MINOR));
    }

    @Test
    void theTagStaysOnTheOldImageUntilAllOfTheNewOneHasLanded() {
        worker.registry.publishAs(EXACT, moved);
        worker.known("1.27.4", moved.digest());
        worker.registry.missing.add(worker.registry
                .content(moved.children().getFirst().digest())
                .blobs()
                .getFirst()
                .digest());
        assertEquals(Outcome.LATER, refresh());
        assertEquals(Optional.of(old.digest()), worker.registry.cached(MINOR));
        assertFalse(worker.registry.calls.contains("untag 1.27"));
    }

    @Test
    void whereNoOtherTagHasItTheTagStaysOnTheOldImageAndTheEndingSaysSo() {
        worker.known("1.27.3", old.digest());
        worker.registry.publishAs(new Tagged(MINOR.repository(), new Tag("1.27.3")), old);
        WarmEnding ending = worker.warming().carryOut(order("2", WarmReason.MANUAL, true));
        assertEquals(Outcome.WARMED, ending.outcome());
        Failure behind = ending.failure().orElseThrow();
        assertEquals(NotDue.CODE, behind.code());
        assertEquals(
                "the upstream has moved the tag to " + moved.digest() + ", and no other tag is known to lead there: ECR"
                        + " asks the upstream again after 2026-11-25T12:00:00Z. Sooner comes ./larder warm " + MINOR
                        + " --refresh --take-tag-off, which takes the tag off for the seconds of the import; a pull that"
                        + " may not import fails in them",
                behind.reason());
        assertEquals(List.of("get 1.27"), worker.registry.calls);
        assertEquals(Optional.of(old.digest()), worker.registry.cached(MINOR));
        assertEquals(Optional.of(behind.reason()), worker.records.warmth(MINOR).unverified());
    }

    @Test
    void whoSaysSoHasTheTagTakenOffAndAskedForAfterTheUpstreamAnswered() {
        worker.known("1.27.3", old.digest());
        worker.registry.publishAs(new Tagged(MINOR.repository(), new Tag("1.27.3")), old);
        assertEquals(Outcome.WARMED, refreshTakingOff());
        assertEquals(List.of("1.27", "1.27.3"), worker.upstreams.looks);
        assertTrue(worker.registry.calls.contains("untag 1.27"));
        assertEquals(Optional.of(moved.digest()), worker.registry.cached(MINOR));
    }

    @Test
    void noPlanTakesTheTagOff() {
        WarmOrder planned = order("2", WarmReason.STALE, true).takingTagOff();
        assertEquals(Outcome.WARMED, worker.warming().carryOut(planned).outcome());
        assertEquals(List.of("get 1.27"), worker.registry.calls);
        assertEquals(Optional.of(old.digest()), worker.registry.cached(MINOR));
        String why = worker.records.warmth(MINOR).unverified().orElseThrow();
        assertTrue(why.startsWith("the upstream has moved the tag to " + moved.digest()), why);
        clock.advance(Duration.ofHours(20));
        WarmOrder check = order("3", WarmReason.STALE, false);
        assertEquals(Outcome.WARMED, worker.warming().carryOut(check).outcome());
        assertEquals(Optional.of(moved.digest()), worker.registry.cached(MINOR), "by ECR's own check");
    }

    @Test
    void nobodyWaitsForEcrWhileTheTagIsOffAndAfterwardsTheKeepTagStays() {
        List<Boolean> off = new ArrayList<>();
        worker.cache = new PatientImageCache(
                worker.registry, time -> off.add(worker.registry.cached(MINOR).isEmpty()), () -> 0.5);
        worker.registry.outage = Optional.of(Failure.classify("ThrottlingException", "Rate exceeded"));
        assertEquals(Outcome.LATER, refreshTakingOff());
        assertEquals(List.of(), off);
        assertEquals(Optional.of(old.digest()), worker.registry.cached(MINOR));
        assertTrue(worker.registry.calls.contains("untag 1.27"));
        assertEquals(
                Optional.of(old.digest()),
                worker.registry.cached(new Tagged(MINOR.repository(), KeepTag.of(old.digest()))));
    }

    @Test
    void anUpstreamThatBeginsToFailWhileOtherTagsAreLookedAtLeavesTheTagWhereItIs() {
        worker.known("1.27.3");
        worker.upstreams.beforeArrival =
                () -> worker.upstreams.refusal = Optional.of(Failure.classify("UpstreamTooManyRequests", "429"));
        assertNotEquals(Outcome.WARMED, refreshTakingOff());
        assertEquals(List.of("1.27", "1.27.3"), worker.upstreams.looks);
        assertFalse(worker.registry.calls.contains("untag 1.27"));
        assertEquals(Optional.of(old.digest()), worker.registry.cached(MINOR));
    }

    @Test
    void atMostFiveOtherTagsAreAskedFor() {
        for (int i = 0; i < 20; i++) {
            worker.known("1.27." + i);
        }
        refresh();
        assertEquals(6, worker.upstreams.looks.size());
    }

    @Test
    void anUpstreamThatCannotBeAskedLeavesTheTagAsItIs() {
        worker.upstreams.refusal = Optional.of(Failure.classify("UpstreamTooManyRequests", "429"));
        assertEquals(Outcome.LATER, refresh());
        assertEquals(List.of("get 1.27"), worker.registry.calls);
        assertEquals(Optional.of(old.digest()), worker.registry.cached(MINOR));
        assertEquals(
                Circuit.Phase.OPEN,
                worker.states.of("docker-hub").circuit().phase(clock.instant()),
                "it is limited, so nothing else is asked of it");
    }

    @Test
    void aBudgetThatDoesNotPayForAskingLeavesTheTagAsItIs() {
        Warming poor =
                worker.warming(Registry.QUAY, Optional.of(new Budget(1, Duration.ofHours(6), 50, Counts.REQUESTS)));
        assertEquals(
                Outcome.LATER,
                poor.carryOut(order("2", WarmReason.MANUAL, true)).outcome());
        assertEquals(List.of(), worker.upstreams.looks);
        assertEquals(Optional.of(old.digest()), worker.registry.cached(MINOR));
    }

    @Test
    void askingIsPaidWhereTheUpstreamCountsRequests() {
        Warming counting =
                worker.warming(Registry.QUAY, Optional.of(new Budget(100, Duration.ofHours(6), 50, Counts.REQUESTS)));
        counting.carryOut(order("2", WarmReason.MANUAL, true).takingTagOff());
        assertEquals(24, worker.states.of("docker-hub").tokens().orElseThrow().left(), 0.001);
    }

    @Test
    void aSecondRequestForTheSameIsPaidToo() {
        Warming counting =
                worker.warming(Registry.QUAY, Optional.of(new Budget(100, Duration.ofHours(6), 50, Counts.REQUESTS)));
        worker.upstreams.requests = 2;
        counting.carryOut(order("2", WarmReason.MANUAL, true).takingTagOff());
        assertEquals(23, worker.states.of("docker-hub").tokens().orElseThrow().left(), 0.001);
    }

    private Outcome refresh() {
        return worker.warming().carryOut(order("2", WarmReason.MANUAL, true)).outcome();
    }

    private Outcome refreshTakingOff() {
        return worker.warming()
                .carryOut(order("2", WarmReason.MANUAL, true).takingTagOff())
                .outcome();
    }

    private WarmOrder order(String id, WarmReason reason, boolean refresh) {
        return WarmOrder.atOnce(id, MINOR, reason, List.of(), refresh, clock.instant());
    }
}
