package dev.larder.functions.warm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.domain.upstream.Failure;
import dev.larder.domain.upstream.FailureKind;
import dev.larder.events.OwnEvent.ImageWarmed;
import dev.larder.events.WarmOrder;
import dev.larder.events.WarmReason;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.Platform;
import dev.larder.events.image.Tag;
import dev.larder.functions.MovableClock;
import dev.larder.functions.ecr.CachedManifest;
import dev.larder.functions.table.TaggedImage;
import dev.larder.functions.warm.WarmEnding.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** An image by digest, which ECR imports by way of a tag only. */
class DigestWarmingTest {
    private static final Tagged TAG = (Tagged) ImageReference.parse("docker-hub/library/nginx:1.27");
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    private final MovableClock clock = new MovableClock(NOON);
    private final Worker worker = new Worker(clock);

    @Test
    void whatIsCachedIsOnlyLookedAt() {
        CachedManifest index = worker.registry.publish(TAG, "linux/amd64", "linux/arm64");
        worker.registry.get(TAG);
        assertEquals(Outcome.WARMED, carryOut(index.digest(), Optional.empty()).outcome());
        assertEquals(List.of(), worker.upstreams.looks);
        ImageWarmed told =
                assertInstanceOf(ImageWarmed.class, worker.bus.events().getFirst());
        assertEquals(new Digested(TAG.repository(), index.digest()), told.image());
        assertEquals(Optional.empty(), told.unverified(), "a digest is what it says");
        assertEquals(Optional.of(NOON), worker.records.warmth(told.image()).warmedAt());
    }

    @Test
    void itComesByWayOfTheTagThatTheOrderNames() {
        CachedManifest index = worker.registry.publish(TAG, "linux/amd64");
        assertEquals(
                Outcome.WARMED, carryOut(index.digest(), Optional.of(TAG.tag())).outcome());
        assertEquals(Optional.of(index.digest()), worker.registry.cached(TAG));
        assertEquals(Optional.of(index.digest()), worker.records.tagged(TAG).flatMap(TaggedImage::digest));
        assertTrue(worker.leases.heldAt(TAG, clock.instant()), "the import is not taken for a user's");
    }

    @Test
    void onePlatformsManifestComesWithTheIndexThatListsIt() {
        CachedManifest index = worker.registry.publish(TAG, "linux/amd64", "linux/arm64");
        Digest child = index.children().getLast().digest();
        assertEquals(Outcome.WARMED, carryOut(child, Optional.of(TAG.tag())).outcome());
        assertEquals(
                child,
                assertInstanceOf(ImageWarmed.class, worker.bus.events().getFirst())
                        .digest());
    }

    @Test
    void aTagThatMovedOnIsPassedOverForOneThatIsKnown() {
        CachedManifest index = worker.registry.publish(TAG, "linux/amd64");
        Tagged exact = new Tagged(TAG.repository(), new Tag("1.27.3"));
        worker.registry.publishAs(exact, index);
        worker.registry.publish(TAG, "linux/amd64");
        worker.known("1.27.3", index.digest());
        assertEquals(Outcome.WARMED, carryOut(index.digest(), Optional.empty()).outcome());
        assertEquals(Optional.of(index.digest()), worker.registry.cached(exact));
        assertEquals(Optional.empty(), worker.registry.cached(TAG));
    }

    @Test
    void aTagThatEverPointedAtItIsAskedFor() {
        CachedManifest index = worker.registry.publish(TAG, "linux/amd64");
        worker.registry.get(TAG);
        worker.records.imported(TAG, index.digest(), NOON);
        worker.registry.untag(TAG);
        worker.records.forget(TAG, NOON.plusSeconds(1));
        clock.advance(Duration.ofHours(1));
        assertEquals(Outcome.WARMED, carryOut(index.digest(), Optional.empty()).outcome());
        assertEquals(Optional.of(index.digest()), worker.registry.cached(TAG));
    }

    @Test
    void aTagThatIsCachedWithAnOlderImageIsBroughtForward() {
        worker.registry.publish(TAG, "linux/amd64");
        worker.warming().carryOut(WarmOrder.atOnce("0", TAG, WarmReason.PINNED, List.of(), false, clock.instant()));
        clock.advance(Duration.ofHours(3));
        CachedManifest moved = worker.registry.publish(TAG, "linux/amd64");
        WarmOrder order =
                order(moved.digest(), Optional.of(TAG.tag()), WarmReason.MANUAL).takingTagOff();
        assertEquals(Outcome.WARMED, worker.warming().carryOut(order).outcome());
        assertEquals(Optional.of(moved.digest()), worker.registry.cached(TAG));
    }

    @ParameterizedTest
    @EnumSource(names = {"MANUAL", "UNDO"})
    void nobodyTakesATagOffForADigestWithoutSayingSo(WarmReason reason) {
        CachedManifest old = worker.registry.publish(TAG, "linux/amd64");
        worker.warming().carryOut(WarmOrder.atOnce("0", TAG, WarmReason.PINNED, List.of(), false, clock.instant()));
        clock.advance(Duration.ofHours(3));
        CachedManifest moved = worker.registry.publish(TAG, "linux/amd64");
        worker.registry.calls.clear();
        WarmEnding ending = carryOut(moved.digest(), Optional.of(TAG.tag()), reason);
        assertEquals(Outcome.FAILED, ending.outcome());
        assertEquals(NotDue.CODE, ending.failure().orElseThrow().code());
        assertEquals(List.of("get 1.27"), worker.registry.calls);
        assertEquals(Optional.of(old.digest()), worker.registry.cached(TAG));
    }

    @Test
    void noPlanTakesATagOffForADigest() {
        CachedManifest old = worker.registry.publish(TAG, "linux/amd64");
        worker.warming().carryOut(WarmOrder.atOnce("0", TAG, WarmReason.PINNED, List.of(), false, clock.instant()));
        clock.advance(Duration.ofHours(3));
        CachedManifest moved = worker.registry.publish(TAG, "linux/amd64");
        worker.known("1.27", moved.digest());
        worker.registry.calls.clear();
        WarmEnding ending = carryOut(moved.digest(), Optional.empty(), WarmReason.FAILED_PULL);
        assertEquals(Outcome.FAILED, ending.outcome());
        assertEquals("TagNotDue", ending.failure().orElseThrow().code());
        String reason = ending.failure().orElseThrow().reason();
        assertTrue(reason.contains("in the cache with " + old.digest()), reason);
        assertTrue(reason.contains("./larder warm " + TAG + "@" + moved.digest()), reason);
        assertEquals(List.of("get 1.27"), worker.registry.calls);
        clock.advance(Duration.ofHours(21));
        assertEquals(
                Outcome.WARMED,
                carryOut(moved.digest(), Optional.empty(), WarmReason.FAILED_PULL)
                        .outcome(),
                "by ECR's own check");
    }

    @Test
    void whatEcrLacksThoughItHasTheIndexNoPlanImportsByWayOfATag() {
        CachedManifest index = worker.registry.publish(TAG, "linux/amd64");
        worker.warming().carryOut(WarmOrder.atOnce("0", TAG, WarmReason.PINNED, List.of(), false, clock.instant()));
        Digest child = new Digest("sha256:" + "c".repeat(64));
        worker.records.lists(new Digested(TAG.repository(), index.digest()), Map.of(child, Optional.<Platform>empty()));
        worker.registry.calls.clear();
        WarmEnding ending = carryOut(child, Optional.empty(), WarmReason.FAILED_PULL);
        assertEquals("NotWithItsIndex", ending.failure().orElseThrow().code());
        assertEquals(List.of(), worker.registry.calls);
    }

    @Test
    void anImageThatNoTagPointsAtFailsAndTheReasonSaysWhatToDo() {
        worker.registry.publish(TAG, "linux/amd64");
        Digest gone = new Digest("sha256:" + "9".repeat(64));
        WarmEnding ending = carryOut(gone, Optional.of(TAG.tag()));
        assertEquals(Outcome.FAILED, ending.outcome());
        Failure failure = ending.failure().orElseThrow();
        assertEquals(FailureKind.NOT_FOUND, failure.kind());
        assertTrue(failure.reason().contains("(1.27 is sha256:"), failure::reason);
        assertTrue(failure.reason().contains("./larder warm docker-hub/library/nginx:TAG@" + gone), failure::reason);
        assertEquals(
                1, worker.records.warmth(new Digested(TAG.repository(), gone)).failures());
    }

    @Test
    void anUpstreamThatDoesNotAnswerIsNotTakenForOneThatHasNoSuchTag() {
        CachedManifest index = worker.registry.publish(TAG, "linux/amd64");
        worker.upstreams.refusal = Optional.of(Failure.classify("timeout", "Read timed out"));
        WarmEnding ending = carryOut(index.digest(), Optional.of(TAG.tag()));
        assertEquals(Outcome.LATER, ending.outcome());
        assertEquals(FailureKind.NETWORK, ending.failure().orElseThrow().kind());
    }

    @ParameterizedTest
    @CsvSource({
        "UpstreamTooManyRequests, 429, UPSTREAM_LIMIT",
        "timeout, Read timed out, NETWORK",
        "SecretNotFoundException, there is none, CREDENTIALS"
    })
    void anUpstreamThatIsOutIsNotAskedForTheOtherTags(String code, String reason, FailureKind kind) {
        worker.credentials = Optional.of("ecr-pullthroughcache/docker-hub");
        CachedManifest index = worker.registry.publish(TAG, "linux/amd64");
        for (int i = 0; i < 5; i++) {
            worker.known("1.27." + i, index.digest());
        }
        worker.upstreams.refusal = Optional.of(Failure.classify(code, reason));
        WarmEnding ending = carryOut(index.digest(), Optional.empty());
        assertEquals(kind, ending.failure().orElseThrow().kind());
        assertEquals(1, worker.upstreams.looks.size());
    }

    @Test
    void whileAnotherOrderIsAtTheTagItWaits() {
        CachedManifest index = worker.registry.publish(TAG, "linux/amd64");
        worker.leases.acquire(TAG, "other", clock.instant());
        WarmEnding ending = carryOut(index.digest(), Optional.of(TAG.tag()));
        assertEquals(Outcome.LATER, ending.outcome());
        assertEquals(FailureKind.BUSY, ending.failure().orElseThrow().kind());
    }

    @Test
    void anUndoneEvictionBringsTheTagAndTheDigestAtOnce() {
        CachedManifest index = worker.registry.publish(TAG, "linux/amd64");
        worker.upstreams.refusal = Optional.of(Failure.classify("timeout", "Read timed out"));
        assertEquals(Outcome.WARMED, undo(index.digest()).outcome(), "ECR has it, whoever else the upstream refuses");
        assertEquals(Optional.of(index.digest()), worker.registry.cached(TAG));
        assertEquals(Optional.of(NOON), worker.records.warmth(TAG).warmedAt());
        assertEquals(1, worker.bus.events().size());
        int looks = worker.upstreams.looks.size();
        clock.advance(Duration.ofMinutes(1));
        assertEquals(Outcome.WARMED, undo(index.digest()).outcome());
        assertEquals(looks, worker.upstreams.looks.size(), "what is there costs nothing");
    }

    @Test
    void anUndoneEvictionBringsTheTagThatMovedAndTheDigestByAnother() {
        CachedManifest index = worker.registry.publish(TAG, "linux/amd64");
        Tagged exact = new Tagged(TAG.repository(), new Tag("1.27.3"));
        worker.registry.publishAs(exact, index);
        CachedManifest moved = worker.registry.publish(TAG, "linux/amd64");
        worker.known("1.27.3", index.digest());
        assertEquals(Outcome.WARMED, undo(index.digest()).outcome());
        assertEquals(Optional.of(index.digest()), worker.registry.cached(exact));
        assertEquals(Optional.of(moved.digest()), worker.registry.cached(TAG));
    }

    @Test
    void anUndoneEvictionOfWhatTheUpstreamHasNoMoreBringsTheTagAndSaysThatTheDigestIsLost() {
        CachedManifest index = worker.registry.publish(TAG, "linux/amd64");
        CachedManifest moved = worker.registry.publish(TAG, "linux/amd64");
        WarmEnding ending = undo(index.digest());
        assertEquals(Outcome.FAILED, ending.outcome());
        assertEquals("NoTagOfDigest", ending.failure().orElseThrow().code());
        assertEquals(Optional.of(moved.digest()), worker.registry.cached(TAG));
        assertEquals(Optional.of(moved.digest()), worker.records.tagged(TAG).flatMap(TaggedImage::digest));
    }

    @Test
    void anUndoneEvictionOfWhatIsThereWithoutItsTagBringsTheTag() {
        CachedManifest index = worker.registry.publish(TAG, "linux/amd64");
        Tagged exact = new Tagged(TAG.repository(), new Tag("1.27.3"));
        worker.registry.publishAs(exact, index);
        worker.registry.get(exact);
        assertEquals(Outcome.WARMED, undo(index.digest()).outcome());
        assertEquals(Optional.of(index.digest()), worker.registry.cached(TAG));
    }

    private WarmEnding undo(Digest digest) {
        return carryOut(digest, Optional.of(TAG.tag()), WarmReason.UNDO);
    }

    private WarmEnding carryOut(Digest digest, Optional<Tag> by) {
        return carryOut(digest, by, WarmReason.MANUAL);
    }

    private WarmEnding carryOut(Digest digest, Optional<Tag> by, WarmReason reason) {
        return worker.warming().carryOut(order(digest, by, reason));
    }

    private WarmOrder order(Digest digest, Optional<Tag> by, WarmReason reason) {
        return new WarmOrder(
                "1",
                new Digested(TAG.repository(), digest),
                by,
                reason,
                List.of(Platform.parse("linux/amd64")),
                false,
                clock.instant(),
                clock.instant());
    }
}
