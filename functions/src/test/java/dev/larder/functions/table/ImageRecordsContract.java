package dev.larder.functions.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.domain.upstream.Failure;
import dev.larder.domain.usage.Tagging;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.Platform;
import dev.larder.events.image.RepositoryName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every {@link ImageRecords} does. */
abstract class ImageRecordsContract {
    private static final Tagged NGINX = (Tagged) ImageReference.parse("docker-hub/library/nginx:1.27");
    private static final Digest ONE = new Digest("sha256:" + "1".repeat(64));
    private static final Digest TWO = new Digest("sha256:" + "2".repeat(64));
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    private static final Failure GONE = Failure.classify("ImageNotFound", "no such image");
    private static final Failure DENIED = Failure.classify("UpstreamAccessDenied", "not for you");

    abstract ImageRecords records();

    /** Records pulls as the usage recorder does. */
    abstract void popularity(Tagged image, double popularity);

    @Test
    void whatNobodyRecordedIsUnknown() {
        assertEquals(Optional.empty(), records().tagged(NGINX));
        assertEquals(Optional.empty(), records().manifest(NGINX.repository(), ONE));
        assertTrue(records().repository(NGINX.repository()).tags().isEmpty());
    }

    @Test
    void anImportIsRememberedWithItsDigestAndTime() {
        records().imported(NGINX, ONE, NOON);
        TaggedImage image = records().tagged(NGINX).orElseThrow();
        assertEquals(Optional.of(ONE), image.digest());
        assertEquals(Optional.of(NOON), image.importedAt());
        assertEquals(Optional.of(NOON), image.checkedAt());
    }

    @Test
    void aCheckThatFoundTheSameDigestMovesOnlyTheCheck() {
        records().imported(NGINX, ONE, NOON);
        records().imported(NGINX, ONE, NOON.plus(Duration.ofHours(25)));
        TaggedImage image = records().tagged(NGINX).orElseThrow();
        assertEquals(Optional.of(NOON), image.importedAt());
        assertEquals(Optional.of(NOON.plus(Duration.ofHours(25))), image.checkedAt());
    }

    @Test
    void newsOlderThanTheLastCheckIsPassedOver() {
        records().imported(NGINX, TWO, NOON);
        records().imported(NGINX, ONE, NOON.minusMillis(500));
        assertEquals(Optional.of(TWO), records().tagged(NGINX).orElseThrow().digest());
    }

    @Test
    void aSecondDeliveryOfTheSameImportDoesNothing() {
        records().imported(NGINX, ONE, NOON);
        TaggedImage once = records().tagged(NGINX).orElseThrow();
        records().imported(NGINX, ONE, NOON);
        assertEquals(once, records().tagged(NGINX).orElseThrow());
    }

    @Test
    void theLastPullOnlyMovesForward() {
        records().pulled(NGINX, NOON);
        records().pulled(NGINX, NOON.minusSeconds(60));
        records().pulled(new Digested(NGINX.repository(), ONE), NOON);
        records().pulled(new Digested(NGINX.repository(), ONE), NOON.plusMillis(1));
        assertEquals(Optional.of(NOON), records().tagged(NGINX).orElseThrow().lastPulledAt());
        assertEquals(
                Optional.of(NOON.plusMillis(1)),
                records().manifest(NGINX.repository(), ONE).orElseThrow().lastPulledAt());
    }

    @Test
    void aCheckThatEcrSaysFailedIsTakenBackToTheOneBeforeWhicheverIsToldFirst() {
        Instant due = NOON.plus(Duration.ofHours(25));
        records().imported(NGINX, ONE, NOON.minus(Duration.ofDays(3)));
        records().imported(NGINX, ONE, NOON);
        records().imported(NGINX, ONE, due.plusSeconds(3));
        records().imported(NGINX, ONE, due.plusSeconds(3));
        records().warmed(NGINX, Optional.empty(), due.plusSeconds(3));
        for (int times = 0; times < 2; times++) {
            records().checkFailed(NGINX, "503", due);
            TaggedImage image = records().tagged(NGINX).orElseThrow();
            assertEquals(Optional.of(NOON), image.checkedAt());
            assertEquals(Optional.of(ONE), image.digest());
            assertEquals(Optional.of("503"), records().warmth(NGINX).unverified());
            assertEquals(Optional.of(due), records().warmth(NGINX).checkFailedAt());
            records().imported(NGINX, ONE, due.plusSeconds(3));
        }
        records().imported(NGINX, ONE, due.plus(Duration.ofHours(1)));
        records().checkFailed(NGINX, "503", due);
        assertEquals(
                Optional.of(due.plus(Duration.ofHours(1))),
                records().tagged(NGINX).orElseThrow().checkedAt());
    }

    @Test
    void anImportIsNoCheckThatFailedAndWhatNobodyKnowsStaysUnknown() {
        records().checkFailed(NGINX, "503", NOON);
        assertEquals(Optional.empty(), records().tagged(NGINX));
        records().imported(NGINX, ONE, NOON);
        records().imported(NGINX, TWO, NOON.plusSeconds(10));
        records().checkFailed(NGINX, "503", NOON.plusSeconds(9));
        assertEquals(
                Optional.of(NOON.plusSeconds(10)),
                records().tagged(NGINX).orElseThrow().checkedAt());
        assertEquals(Optional.empty(), records().warmth(NGINX).unverified());
    }

    @Test
    void theSameFailureToWarmIsCountedOnceAndASuccessForgetsAll() {
        records().warmFailed(NGINX, GONE, NOON);
        records().warmFailed(NGINX, GONE, NOON);
        records().warmFailed(NGINX, DENIED, NOON.plusSeconds(1));
        TaggedImage failing = records().tagged(NGINX).orElseThrow();
        assertEquals(2, failing.warmFailures());
        assertEquals(Optional.of(NOON.plusSeconds(1)), failing.lastWarmFailureAt());
        assertEquals(Optional.of("UpstreamAccessDenied"), failing.lastWarmFailureCode());
        records().warmed(NGINX, Optional.empty(), NOON.plusSeconds(2));
        TaggedImage warm = records().tagged(NGINX).orElseThrow();
        assertEquals(0, warm.warmFailures());
        assertEquals(Optional.empty(), warm.lastWarmFailureAt());
        assertEquals(Optional.empty(), warm.lastWarmFailureCode());
        records().warmFailed(NGINX, GONE, NOON);
        assertEquals(0, records().tagged(NGINX).orElseThrow().warmFailures(), "older than the success");
    }

    @Test
    void aFailureToWarmThatMayPassIsKnownAndNotCounted() {
        Failure throttled = Failure.classify("ThrottlingException", "slow down");
        records().warmFailed(NGINX, throttled, NOON);
        assertEquals(0, records().warmth(NGINX).failures());
        assertEquals(Optional.of("slow down"), records().warmth(NGINX).lastFailureReason());
        records().warmFailed(NGINX, GONE, NOON.plusSeconds(1));
        records().warmFailed(NGINX, GONE, NOON.plusSeconds(2));
        records().warmFailed(NGINX, throttled, NOON.plusSeconds(3));
        assertEquals(0, records().warmth(NGINX).failures(), "it ends the row");
        assertEquals(Optional.of(NOON.plusSeconds(3)), records().warmth(NGINX).lastFailureAt());
    }

    @Test
    void whatCameOfWarmingIsKnownByTagAndByDigest() {
        Digested digested = new Digested(NGINX.repository(), ONE);
        for (ImageReference image : List.of(NGINX, digested)) {
            assertEquals(Warmth.none(image), records().warmth(image));
            records().warmFailed(image, DENIED, NOON);
            Warmth failing = records().warmth(image);
            assertEquals(1, failing.failures());
            assertEquals(Optional.of("UpstreamAccessDenied"), failing.lastFailureCode());
            assertEquals(Optional.of("not for you"), failing.lastFailureReason());
            records().warmed(image, Optional.of("the upstream was not asked"), NOON.plusSeconds(1));
            assertEquals(
                    new Warmth(
                            image,
                            Optional.of(NOON.plusSeconds(1)),
                            Optional.of("the upstream was not asked"),
                            0,
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty()),
                    records().warmth(image));
            records().warmed(image, Optional.empty(), NOON.plusSeconds(2));
            assertEquals(Optional.empty(), records().warmth(image).unverified());
            assertEquals(
                    Optional.of(NOON.plusSeconds(2)), records().warmth(image).warmedAt());
            records().forget(image, NOON.plusSeconds(3));
            assertEquals(Warmth.none(image), records().warmth(image));
        }
    }

    @Test
    void describingAManifestKeepsItsLastPullAndItsLastWarming() {
        Digested index = new Digested(NGINX.repository(), ONE);
        StoredManifest described = new StoredManifest(
                index,
                Optional.of("application/vnd.oci.image.index.v1+json"),
                Set.of(TWO),
                Set.of(Platform.parse("linux/amd64")),
                OptionalLong.of(70_000_000),
                Optional.empty());
        records().pulled(index, NOON);
        records().warmed(index, Optional.empty(), NOON.plusSeconds(1));
        records().describe(described);
        StoredManifest read = records().manifest(NGINX.repository(), ONE).orElseThrow();
        assertEquals(read, records().repository(NGINX.repository()).manifests().get(ONE));
        assertEquals(records().repository(NGINX.repository()), records().current(NGINX.repository()));
        assertEquals(Optional.of(NOON), read.lastPulledAt());
        assertEquals(Optional.of(NOON.plusSeconds(1)), read.warmedAt());
        assertEquals(described.children(), read.children());
        assertEquals(described.platforms(), read.platforms());
        assertEquals(described.sizeBytes(), read.sizeBytes());
    }

    @Test
    void aRepositoryShowsItsTagsAndManifestsAndNoOthers() {
        records().imported(NGINX, ONE, NOON);
        records().warmed(NGINX, Optional.empty(), NOON);
        records().imported(new Tagged(new RepositoryName("quay/nginx"), NGINX.tag()), TWO, NOON);
        RepositoryRecords repository = records().repository(NGINX.repository());
        assertEquals(Set.of(NGINX.tag()), repository.tags().keySet());
        assertEquals(Optional.of(NOON), repository.tags().get(NGINX.tag()).warmedAt());
    }

    @Test
    void theMostPopularComeFirstAndOnlyAsManyAsAskedFor() {
        popularity((Tagged) ImageReference.parse("docker-hub/a/one:1"), 1.5);
        popularity((Tagged) ImageReference.parse("docker-hub/a/two:1"), 20.25);
        popularity((Tagged) ImageReference.parse("docker-hub/a/three:1"), -3);
        popularity((Tagged) ImageReference.parse("quay/a/four:1"), 99);
        assertEquals(
                List.of("docker-hub/a/two:1", "docker-hub/a/one:1"),
                records().popular("docker-hub", 2).stream()
                        .map(image -> image.image().toString())
                        .toList());
    }

    @Test
    void whatIsForgottenIsGoneFromTheCacheAndItsUsageStays() {
        records().imported(NGINX, ONE, NOON);
        records().warmed(NGINX, Optional.empty(), NOON);
        records().pulled(NGINX, NOON);
        records().pulled(new Digested(NGINX.repository(), ONE), NOON);
        records().forget(NGINX, NOON);
        records().forget(NGINX, NOON);
        records().forget(new Digested(NGINX.repository(), ONE), NOON);
        TaggedImage image = records().tagged(NGINX).orElseThrow();
        assertEquals(Optional.empty(), image.digest());
        assertEquals(Optional.empty(), image.warmedAt());
        assertEquals(Optional.of(NOON), image.lastPulledAt());
        assertEquals(Optional.empty(), records().manifest(NGINX.repository(), ONE));
    }

    @Test
    void whatCameAgainSinceItWasDeletedIsNotForgotten() {
        records().imported(NGINX, ONE, NOON);
        records().imported(NGINX, TWO, NOON.plusSeconds(10));
        records().forget(NGINX, ONE, NOON.plusSeconds(20));
        records().forget(NGINX, TWO, NOON.plusSeconds(9));
        assertEquals(Optional.of(TWO), records().tagged(NGINX).flatMap(TaggedImage::digest));
        assertEquals(Optional.of(TWO), records().tagging(NGINX.repository()).at(NGINX.tag(), NOON.plusSeconds(30)));
        records().forget(NGINX, TWO, NOON.plusSeconds(20));
        assertEquals(Optional.empty(), records().tagged(NGINX).flatMap(TaggedImage::digest));
        assertEquals(Optional.empty(), records().tagging(NGINX.repository()).at(NGINX.tag(), NOON.plusSeconds(30)));
        assertEquals(Optional.of(TWO), records().tagging(NGINX.repository()).at(NGINX.tag(), NOON.plusSeconds(15)));
    }

    @Test
    void aDigestThatWasPulledSinceItWasDeletedIsNotForgotten() {
        Digested image = new Digested(NGINX.repository(), ONE);
        records().pulled(image, NOON.plusSeconds(10));
        records().forget(image, NOON.plusSeconds(9));
        assertEquals(
                Optional.of(NOON.plusSeconds(10)),
                records().manifest(NGINX.repository(), ONE).flatMap(StoredManifest::lastPulledAt));
    }

    @Test
    void forgettingWhatNobodyKnewDoesNothing() {
        records().forget(NGINX, NOON);
        assertEquals(Optional.empty(), records().tagged(NGINX));
    }

    @Test
    void whatTagsPointedAtStaysKnownWhenTheyMoveAndWhenTheyAreGone() {
        Digested index = new Digested(NGINX.repository(), ONE);
        records().imported(NGINX, ONE, NOON);
        records().imported(NGINX, ONE, NOON.plus(Duration.ofDays(1)));
        records().lists(index, Map.of(TWO, Optional.of(Platform.parse("linux/arm64"))));
        records().imported(NGINX, TWO, NOON.plus(Duration.ofDays(2)));
        records().forget(NGINX, NOON.plus(Duration.ofDays(3)));
        records().forget(index, NOON.plus(Duration.ofDays(3)));
        Tagging tagging = records().tagging(NGINX.repository());
        assertEquals(Optional.of(ONE), tagging.at(NGINX.tag(), NOON.minusSeconds(5)), "the pull that imported it");
        assertEquals(Optional.of(ONE), tagging.at(NGINX.tag(), NOON.plus(Duration.ofHours(30))));
        assertEquals(Optional.of(TWO), tagging.at(NGINX.tag(), NOON.plus(Duration.ofDays(2))));
        assertEquals(Optional.empty(), tagging.at(NGINX.tag(), NOON.plus(Duration.ofDays(4))));
        assertEquals(Optional.of(Platform.parse("linux/arm64")), tagging.platformOf(TWO));
        assertEquals(List.of(NGINX.tag()), tagging.tagsOf(TWO, NOON.plusSeconds(1)), "listed by what it points at");
    }
}
