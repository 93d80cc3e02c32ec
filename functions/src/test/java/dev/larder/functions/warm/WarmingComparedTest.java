package dev.larder.functions.warm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.config.Budget;
import dev.larder.config.Registry;
import dev.larder.domain.upstream.Circuit;
import dev.larder.domain.upstream.Failure;
import dev.larder.domain.upstream.FailureKind;
import dev.larder.domain.upstream.KnownTags;
import dev.larder.domain.warming.Sightings;
import dev.larder.events.OwnEvent.ImageWarmed;
import dev.larder.events.WarmOrder;
import dev.larder.events.WarmReason;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.Tag;
import dev.larder.functions.ecr.CachedManifest;
import dev.larder.functions.table.TaggedImage;
import dev.larder.functions.warm.WarmEnding.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What came is compared with the upstream, which is asked no more than it takes. */
class WarmingComparedTest extends WarmingFixture {
    @Test
    void aCheckThatKeepsTheTagTakesNoRequestBesideEcrsOwn() {
        registry.publish(NGINX, "linux/amd64");
        carryOut(order("1", WarmReason.PINNED, false));
        upstreams.looks.clear();
        clock.advance(Duration.ofHours(25));
        assertEquals(Outcome.WARMED, carryOut(order("2", WarmReason.STALE, false)));
        assertEquals(List.of(), upstreams.looks);
        assertEquals(Optional.of(clock.instant()), records.tagged(NGINX).flatMap(TaggedImage::checkedAt));
        assertEquals(Optional.empty(), records.warmth(NGINX).unverified());
    }

    @Test
    void aTagThatMovesToWhatIsThereUnderAnotherTagTakesNoRequestBesideEcrsOwn() {
        CachedManifest index = registry.publish(NGINX, "linux/amd64");
        carryOut(order("1", WarmReason.PINNED, false));
        upstreams.looks.clear();
        Tagged alias = new Tagged(NGINX.repository(), new Tag("stable"));
        registry.publishAs(alias, index);
        WarmOrder order = WarmOrder.atOnce("2", alias, WarmReason.POPULAR, List.of(), false, clock.instant());
        assertEquals(Outcome.WARMED, carryOut(order));
        assertEquals(List.of(), upstreams.looks);
        assertEquals(Optional.empty(), records.warmth(alias).unverified());
    }

    @Test
    void whatTheLookoutSawAMomentAgoIsNotAskedForAgain() {
        CachedManifest index = registry.publish(NGINX, "linux/amd64");
        worker.known.put(
                NGINX.tag(),
                new KnownTags.Seen(NOON, Optional.of(index.digest()), Optional.of(NOON.minus(Sightings.RECENT))));
        assertEquals(Outcome.WARMED, carryOut(order("1", WarmReason.SUCCESSOR, false)));
        assertEquals(List.of(), upstreams.looks);
        assertEquals(Optional.empty(), records.warmth(NGINX).unverified());
    }

    @Test
    void whatTheLookoutSawTooLongAgoIsComparedAnew() {
        CachedManifest index = registry.publish(NGINX, "linux/amd64");
        worker.known.put(
                NGINX.tag(),
                new KnownTags.Seen(
                        NOON,
                        Optional.of(index.digest()),
                        Optional.of(NOON.minus(Sightings.RECENT).minusMillis(1))));
        carryOut(order("1", WarmReason.SUCCESSOR, false));
        assertEquals(List.of("1.27"), upstreams.looks);
    }

    /** The tag is warm, and has moved to an image that is in the cache under another tag, as the lookout just saw. */
    private CachedManifest movedToWhatIsThere() {
        registry.publish(NGINX, "linux/amd64");
        carryOut(order("1", WarmReason.PINNED, false));
        Tagged other = new Tagged(NGINX.repository(), new Tag("1.27.4"));
        CachedManifest moved = registry.publish(other, "linux/amd64");
        carryOut(WarmOrder.atOnce("2", other, WarmReason.POPULAR, List.of(), false, clock.instant()));
        registry.publishAs(NGINX, moved);
        worker.known.put(NGINX.tag(), new KnownTags.Seen(NOON, Optional.of(moved.digest()), Optional.of(NOON)));
        clock.advance(Duration.ofMinutes(10));
        registry.calls.clear();
        upstreams.looks.clear();
        return moved;
    }

    @Test
    void aTagIsPutOnWhatIsThereWithoutAskingWhatTheLookoutJustSaw() {
        CachedManifest moved = movedToWhatIsThere();
        assertEquals(Outcome.WARMED, carryOut(order("3", WarmReason.STALE, true)));
        assertEquals(List.of(), upstreams.looks);
        assertEquals(List.of("get 1.27", "tag 1.27"), registry.calls);
        assertEquals(Optional.of(moved.digest()), registry.cached(NGINX));
    }

    @Test
    void whoeverWantsTheUpstreamAskedHasItAsked() {
        movedToWhatIsThere();
        assertEquals(
                Outcome.WARMED, carryOut(order("3", WarmReason.MANUAL, true).takingTagOff()));
        assertEquals(List.of("1.27"), upstreams.looks);
    }

    @Test
    void aPlannedRefreshOfAnImmutableTagFailsForGood() {
        movedToWhatIsThere();
        registry.immutable = true;
        assertEquals(Outcome.FAILED, carryOut(order("3", WarmReason.STALE, true)));
        assertEquals(1, records.warmth(NGINX).failures(), "and is not tried again at each plan");
    }

    @Test
    void anImageIsComparedWithTheUpstreamAndTheEventSaysSo() {
        registry.publish(NGINX, "linux/amd64");
        carryOut(order("1", WarmReason.PINNED, false));
        assertEquals(List.of("1.27"), upstreams.looks);
        assertEquals(Optional.empty(), records.warmth(NGINX).unverified());
        assertEquals(
                Optional.empty(),
                assertInstanceOf(ImageWarmed.class, bus.events().getFirst()).unverified());
    }

    @Test
    void anUpstreamThatDoesNotSayLeavesTheImageWarmAndUnverified() {
        registry.publish(NGINX, "linux/amd64");
        upstreams.refusal = Optional.of(new Failure(FailureKind.CREDENTIALS, "401", "authentication required"));
        assertEquals(Outcome.WARMED, carryOut(order("1", WarmReason.PINNED, false)));
        String why = records.warmth(NGINX).unverified().orElseThrow();
        assertTrue(why.contains("credentials (401: authentication required)"), why);
        assertEquals(
                Optional.of(why),
                assertInstanceOf(ImageWarmed.class, bus.events().getFirst()).unverified());
        assertEquals(Circuit.CLOSED, states.of("docker-hub").circuit(), "ECR's own secret is another matter");
    }

    @Test
    void aTagThatMovesInTheMiddleOfTheImportIsImportedOnceMore() {
        registry.publish(NGINX, "linux/amd64");
        List<CachedManifest> moved = new ArrayList<>();
        registry.beforeCall = () -> {
            if (registry.cached(NGINX).isPresent() && moved.isEmpty()) {
                moved.add(registry.publish(NGINX, "linux/amd64"));
            }
        };
        assertEquals(
                Outcome.WARMED, carryOut(order("1", WarmReason.MANUAL, true).takingTagOff()));
        assertEquals(Optional.of(moved.getFirst().digest()), registry.cached(NGINX));
        assertEquals(
                Optional.of(moved.getFirst().digest()), records.tagged(NGINX).flatMap(TaggedImage::digest));
        assertEquals(Optional.empty(), records.warmth(NGINX).unverified());
    }

    @Test
    void aTagThatMovesInTheMiddleOfAnImportIsWarmForWhoDidNotAskForARefresh() {
        registry.publish(NGINX, "linux/amd64");
        List<CachedManifest> moved = new ArrayList<>();
        registry.beforeCall = () -> {
            if (registry.cached(NGINX).isPresent() && moved.isEmpty()) {
                moved.add(registry.publish(NGINX, "linux/amd64"));
            }
        };
        WarmEnding ending = worker.warming().carryOut(order("1", WarmReason.MANUAL, false));
        assertEquals(new WarmEnding(Outcome.WARMED, Optional.empty()), ending);
        String why = records.warmth(NGINX).unverified().orElseThrow();
        assertTrue(
                why.startsWith(
                        "the upstream has moved the tag to " + moved.getFirst().digest()),
                why);
    }

    @Test
    void aBudgetThatDoesNotPayForAnotherImportIsNotOverdrawn() {
        registry.publish(NGINX, "linux/amd64");
        List<CachedManifest> moved = new ArrayList<>();
        registry.beforeCall = () -> {
            if (registry.cached(NGINX).isPresent() && moved.isEmpty()) {
                moved.add(registry.publish(NGINX, "linux/amd64"));
            }
        };
        Warming poor = worker.warming(
                Registry.QUAY, Optional.of(new Budget(20, Duration.ofHours(6), 50, Budget.Counts.REQUESTS)));
        assertEquals(
                Outcome.WARMED,
                poor.carryOut(order("1", WarmReason.PINNED, false)).outcome());
        String why = records.warmth(NGINX).unverified().orElseThrow();
        assertTrue(why.endsWith("its budget does not pay for another"), why);
        assertEquals(
                4,
                states.of("docker-hub").tokens().orElseThrow().left(),
                "only the HEAD was paid, of 5 that may be spent at once");
        assertEquals(1, registry.calls.stream().filter("import 1.27"::equals).count());
    }

    @Test
    void aTagThatNeverStopsMovingIsWarmWithWhatIsThere() {
        registry.publish(NGINX, "linux/amd64");
        upstreams.beforeArrival = () -> registry.publish(NGINX, "linux/amd64");
        assertEquals(Outcome.WARMED, carryOut(order("1", WarmReason.PINNED, false)));
        clock.advance(Duration.ofHours(1));
        assertEquals(
                Outcome.WARMED, carryOut(order("2", WarmReason.MANUAL, true).takingTagOff()));
        String why = records.warmth(NGINX).unverified().orElseThrow();
        assertTrue(why.startsWith("the upstream keeps moving the tag"), why);
        assertEquals(registry.cached(NGINX), records.tagged(NGINX).flatMap(TaggedImage::digest));
    }

    @Test
    void whatAUsersPullJustImportedIsLookedAtWithoutAskingTheUpstream() {
        registry.publish(NGINX, "linux/amd64");
        assertEquals(Outcome.WARMED, carryOut(order("1", WarmReason.MISSING_PLATFORM, false)));
        assertEquals(List.of(), upstreams.looks);
        assertTrue(records.warmth(NGINX).unverified().isPresent());
    }
}
