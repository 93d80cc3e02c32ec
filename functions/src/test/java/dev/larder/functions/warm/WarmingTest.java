package dev.larder.functions.warm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.domain.image.KeepTag;
import dev.larder.domain.upstream.Failure;
import dev.larder.events.OwnEvent.ImageWarmFailed;
import dev.larder.events.OwnEvent.ImageWarmed;
import dev.larder.events.WarmOrder;
import dev.larder.events.WarmReason;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.Platform;
import dev.larder.functions.ecr.CachedManifest;
import dev.larder.functions.table.StoredManifest;
import dev.larder.functions.table.TaggedImage;
import dev.larder.functions.warm.WarmEnding.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How an image is brought into the cache, and its tag up to date. */
class WarmingTest extends WarmingFixture {
    @Test
    void anOrderedImageIsImportedVerifiedRecordedAndTold() {
        CachedManifest index = registry.publish(NGINX, "linux/amd64", "linux/arm64", "linux/s390x");
        assertEquals(Outcome.WARMED, carryOut(order("1", WarmReason.PINNED, false)));

        TaggedImage image = records.tagged(NGINX).orElseThrow();
        assertEquals(Optional.of(index.digest()), image.digest());
        assertEquals(Optional.of(NOON), image.warmedAt());
        assertEquals(Optional.of(NOON), image.checkedAt());
        StoredManifest stored =
                records.manifest(NGINX.repository(), index.digest()).orElseThrow();
        assertEquals(3, stored.children().size());
        assertEquals(Set.of(Platform.parse("linux/amd64"), Platform.parse("linux/arm64")), stored.platforms());
        assertEquals(OptionalLong.of(220), stored.sizeBytes());
        ImageWarmed told = assertInstanceOf(ImageWarmed.class, bus.events().getFirst());
        assertEquals(index.digest(), told.digest());
        assertEquals(Optional.of(220L), told.sizeBytes());
    }

    @Test
    void aPlatformThatTheUpstreamDoesNotOfferDoesNotFailTheOrder() {
        registry.publish(NGINX, "linux/amd64");
        assertEquals(Outcome.WARMED, carryOut(order("1", WarmReason.PINNED, false)));
        ImageWarmed told = assertInstanceOf(ImageWarmed.class, bus.events().getFirst());
        assertEquals(List.of(Platform.parse("linux/amd64")), told.platforms());
        assertEquals(List.of(Platform.parse("linux/arm64")), told.absent());
    }

    @Test
    void anImageOfWhichTheIndexDoesNotSayWhatItRunsOnIsLookedAtAsWell() {
        CachedManifest index = registry.silence(NGINX, registry.publish(NGINX, "linux/riscv64", "linux/arm64"));
        registry.missing.add(registry.content(index.children().getFirst().digest())
                .blobs()
                .getLast()
                .digest());
        assertEquals(Outcome.LATER, carryOut(order("1", WarmReason.PINNED, false)));
        registry.missing.clear();
        clock.advance(Duration.ofMinutes(1));
        assertEquals(Outcome.WARMED, carryOut(order("1", WarmReason.PINNED, false)));
        assertEquals(
                OptionalLong.of(220),
                records.manifest(NGINX.repository(), index.digest())
                        .orElseThrow()
                        .sizeBytes());
    }

    @Test
    void anIndexWithoutAnyImageThatIsWantedIsWarmAndNobodyKnowsMoreOfIt() {
        CachedManifest index = registry.publish(NGINX, "windows/amd64");
        assertEquals(Outcome.WARMED, carryOut(order("1", WarmReason.PINNED, false)));
        String why =
                "no image of it was looked at: the index has [windows/amd64], and none for [linux/amd64, linux/arm64]";
        assertEquals(Optional.of(why), records.warmth(NGINX).unverified());
        assertEquals(
                OptionalLong.empty(),
                records.manifest(NGINX.repository(), index.digest())
                        .orElseThrow()
                        .sizeBytes());
        ImageWarmed told = assertInstanceOf(ImageWarmed.class, bus.events().getFirst());
        assertEquals(Optional.empty(), told.sizeBytes());
        assertEquals(Optional.of(why), told.unverified());
    }

    @Test
    void layersThatAreLateAreWaitedFor() {
        CachedManifest index = registry.publish(NGINX, "linux/amd64");
        registry.missing.add(layer(index));
        worker.pause = time -> {
            clock.advance(time);
            registry.missing.clear();
        };
        assertEquals(Outcome.WARMED, carryOut(order("1", WarmReason.PINNED, false)));
    }

    @Test
    void layersThatNeverComeBringTheOrderBackAndLeaveNoRecordOfAWarmImage() {
        CachedManifest index = registry.publish(NGINX, "linux/amd64");
        registry.missing.add(layer(index));
        assertEquals(Outcome.LATER, carryOut(order("1", WarmReason.PINNED, false)));
        assertEquals(List.of("1"), later());
        assertTrue(records.tagged(NGINX).flatMap(TaggedImage::warmedAt).isEmpty());
        assertEquals(0, records.warmth(NGINX).failures(), "layers on their way say nothing against the image");
        assertTrue(
                assertInstanceOf(ImageWarmFailed.class, bus.events().getFirst()).willRetry());
        assertTrue(leases.acquire(NGINX, "2", clock.instant()), "the lease is free again");
    }

    @Test
    void whatIsNotAllowedIsNotAskedFor() {
        WarmOrder order = WarmOrder.atOnce(
                "1",
                (Tagged) ImageReference.parse("docker-hub/someone/tool:1"),
                WarmReason.MANUAL,
                List.of(),
                false,
                NOON);
        assertEquals(Outcome.FAILED, carryOut(order));
        assertEquals(List.of(), registry.calls);
    }

    @Test
    void whatWasEvictedComesBackWhetherItIsAllowedOrNot() {
        Tagged image = (Tagged) ImageReference.parse("docker-hub/someone/tool:1");
        registry.publish(image, "linux/amd64");
        WarmOrder order = WarmOrder.atOnce("1", image, WarmReason.UNDO, List.of(), false, NOON);
        assertEquals(Outcome.WARMED, carryOut(order));
    }

    @Test
    void aTagThatMovedIsRefreshedAndTheOldImageIsKept() {
        CachedManifest old = registry.publish(NGINX, "linux/amd64");
        carryOut(order("1", WarmReason.PINNED, false));
        records.pulled(NGINX, clock.instant());
        Instant pulled = clock.instant();
        clock.advance(Duration.ofHours(22));
        CachedManifest moved = registry.publish(NGINX, "linux/amd64");
        assertEquals(
                Outcome.WARMED, carryOut(order("2", WarmReason.MANUAL, true).takingTagOff()));
        assertEquals(Optional.of(moved.digest()), registry.cached(NGINX));
        assertEquals(
                Optional.of(old.digest()), registry.cached(new Tagged(NGINX.repository(), KeepTag.of(old.digest()))));
        TaggedImage image = records.tagged(NGINX).orElseThrow();
        assertEquals(Optional.of(moved.digest()), image.digest());
        assertEquals(Optional.of(clock.instant()), image.checkedAt());
        assertEquals(
                Optional.of(pulled),
                records.manifest(NGINX.repository(), old.digest()).orElseThrow().lastPulledAt(),
                "who runs the old image is still seen");
    }

    @Test
    void aTagThatDidNotMoveIsLeftAsItIs() {
        registry.publish(NGINX, "linux/amd64");
        carryOut(order("1", WarmReason.PINNED, false));
        clock.advance(Duration.ofHours(22));
        registry.calls.clear();
        assertEquals(
                Outcome.WARMED, carryOut(order("2", WarmReason.MANUAL, true).takingTagOff()));
        assertEquals(List.of("get 1.27"), registry.calls);
        TaggedImage image = records.tagged(NGINX).orElseThrow();
        assertEquals(Optional.of(NOON), image.importedAt());
        assertEquals(Optional.of(NOON), image.checkedAt(), "ECR's own check is as old as before");
        assertEquals(Optional.empty(), records.warmth(NGINX).unverified());
    }

    @Test
    void aRefreshThatTheUpstreamRefusesPutsTheTagBack() {
        CachedManifest index = registry.publish(NGINX, "linux/amd64");
        carryOut(order("1", WarmReason.PINNED, false));
        clock.advance(Duration.ofHours(22));
        registry.publish(NGINX, "linux/amd64");
        registry.outage = Optional.of(Failure.classify("UpstreamUnavailable", "503"));
        assertEquals(Outcome.LATER, carryOut(order("2", WarmReason.MANUAL, true).takingTagOff()));
        assertTrue(registry.calls.contains("untag 1.27"));
        assertEquals(Optional.of(index.digest()), registry.cached(NGINX));
    }

    @Test
    void aRefreshThatWasCutOffBeforeIsMendedFromTheRecord() {
        CachedManifest index = registry.publish(NGINX, "linux/amd64");
        carryOut(order("1", WarmReason.PINNED, false));
        registry.tag(NGINX.repository(), index, KeepTag.of(index.digest()));
        registry.untag(NGINX);
        registry.outage = Optional.of(Failure.classify("UpstreamUnavailable", "503"));
        clock.advance(Duration.ofHours(22));
        carryOut(order("2", WarmReason.STALE, true));
        assertEquals(Optional.of(index.digest()), registry.cached(NGINX));
    }

    @Test
    void anAnswerFromTheCacheIsNotTakenForACheckOfTheUpstream() {
        registry.publish(NGINX, "linux/amd64");
        carryOut(order("1", WarmReason.PINNED, false));
        clock.advance(Duration.ofHours(5));
        carryOut(order("2", WarmReason.MANUAL, false));
        assertEquals(Optional.of(NOON), records.tagged(NGINX).flatMap(TaggedImage::checkedAt));
    }

    private Digest layer(CachedManifest index) {
        return registry.content(index.children().getFirst().digest())
                .blobs()
                .getLast()
                .digest();
    }
}
