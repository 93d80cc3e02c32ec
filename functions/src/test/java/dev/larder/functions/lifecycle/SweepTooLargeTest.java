package dev.larder.functions.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.config.Lifecycle;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.functions.ecr.CachedManifest;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What goes of a repository of which some may go, and is too large for any run. */
class SweepTooLargeTest extends SweepFixture {
    private int number;

    /** An image with so many manifests in all, in a repository; unused for a day longer than the next one. */
    private CachedManifest image(String repository, int manifests) {
        Tagged image = image("docker-hub/library/" + repository + ":" + number++);
        CachedManifest published = registry.publish(
                image,
                IntStream.range(1, manifests)
                        .mapToObj(variant -> "linux/arm/v" + variant)
                        .toArray(String[]::new));
        registry.get(image);
        records.imported(image, published.digest(), clock.instant());
        clock.advance(Duration.ofHours(1));
        return published;
    }

    /** Two indexes that share what they list, with so many manifests in all. */
    private void together(String repository, int manifests) {
        Digest shared = image(repository, manifests - 1).children().getFirst().digest();
        Tagged image = image("docker-hub/library/" + repository + ":" + number++);
        CachedManifest other = registry.publish(image);
        registry.adopt(other, shared);
        registry.get(image);
        records.imported(image, other.digest(), clock.instant());
    }

    private void unused() {
        clock.advance(Duration.ofDays(31));
    }

    @Test
    void whatIsLargerThanARunKeepsNothingElseOfItsRepository() {
        image("nginx", 8);
        IntStream.range(0, 3).forEach(single -> image("nginx", 1));
        unused();
        limits = new Lifecycle.Limits(5, 1_000_000, 100, 100);
        Run run = sweep(true, "r1");
        assertEquals(Map.of("evicted", 3L, "limit", 8L), run.counts());
        assertTrue(run.stopped().orElseThrow().contains("is larger than a whole run may be: 8 images"), run::toString);
    }

    @Test
    void whatIsMoreThanTheShareOfItsRepositoryKeepsNothingElseOfIt() {
        together("nginx", 7);
        together("nginx", 7);
        IntStream.range(0, 3).forEach(single -> image("nginx", 1));
        unused();
        limits = new Lifecycle.Limits(7, 1_000_000, 10, 100);
        Run run = sweep(true, "r1");
        assertEquals(1L, run.counts().get("evicted"));
        assertTrue(
                run.stopped().orElseThrow().contains("a run takes at most 10 % of a repository: 1 of 7"),
                run::toString);
    }

    @Test
    void whatIsMoreThanTheShareOfTheCellKeepsNothingElseOfItsRepository() {
        together("nginx", 6);
        together("nginx", 6);
        IntStream.range(0, 3).forEach(single -> image("nginx", 1));
        unused();
        limits = new Lifecycle.Limits(10, 1_000_000, 100, 30);
        Run run = sweep(true, "r1");
        assertEquals(Map.of("evicted", 3L, "limit", 12L), run.counts());
        assertTrue(
                run.stopped().orElseThrow().contains("a run takes at most 30 % of the cell: 4 of 15"), run::toString);
    }

    @Test
    void ofIndexesThatGoTogetherThoseAreOfferedThatFitIntoTheShareOfTheCell() {
        together("nginx", 9);
        together("nginx", 9);
        together("nginx", 3);
        unused();
        image("redis", 20);
        limits = new Lifecycle.Limits(10, 1_000_000, 100, 10);
        assertEquals(3L, sweep(true, "r1").counts().get("evicted"));
    }

    @Test
    void whatFitsIntoTheWholeLimitsAloneKeepsNothingFromATenth() {
        IntStream.range(0, 8).forEach(each -> image("nginx", 4));
        image("nginx", 1);
        unused();
        limits = new Lifecycle.Limits(30, 1_000_000, 100, 100);
        version = "2";
        Run run = sweep(true, "r1");
        assertTrue(run.reduced());
        assertEquals(1L, run.counts().get("evicted"));
    }
}
