package dev.larder.functions.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.config.Lifecycle;
import dev.larder.domain.lifecycle.Guard;
import dev.larder.domain.lifecycle.Objection;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.functions.ecr.CachedManifest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private List<Digest> together(String repository, int manifests) {
        CachedManifest one = image(repository, manifests - 1);
        Tagged image = image("docker-hub/library/" + repository + ":" + number++);
        CachedManifest other = registry.publish(image);
        registry.adopt(other, one.children().getFirst().digest());
        registry.get(image);
        records.imported(image, other.digest(), clock.instant());
        return List.of(one.digest(), other.digest());
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

    @Test
    void aTenthIntoWhichNothingFitsEndsWithOneThatFitsIntoTheWholeLimits() {
        IntStream.range(0, 8).forEach(each -> image("nginx", 4));
        unused();
        limits = new Lifecycle.Limits(30, 1_000_000, 100, 100);
        version = "2";
        Run first = sweep(true, "r1");
        assertTrue(first.reduced());
        assertEquals(Map.of("evicted", 4L, "limit", 28L), first.counts());
        assertTrue(first.stopped().orElseThrow().contains("does not fit into a tenth: 4 images"), first::toString);
        Run second = sweep(true, "r2");
        assertFalse(second.reduced());
        assertEquals(28L, second.counts().get("evicted"));
    }

    @Test
    void nothingGoesAloneInATenthThatIsLargerThanAWholeRunOrGoesWithAnother() {
        image("nginx", 31);
        together("redis", 4);
        unused();
        limits = new Lifecycle.Limits(30, 1_000_000, 100, 100);
        version = "2";
        Run run = sweep(true, "r1");
        assertTrue(run.reduced());
        assertEquals(Map.of("limit", 35L), run.counts());
        assertTrue(run.stopped().orElseThrow().contains("is larger than a whole run may be"), run::toString);
    }

    @Test
    void aTenthEndsThoughAllThatFitsIntoItStays() {
        CachedManifest staying = image("nginx", 1);
        image("nginx", 31);
        IntStream.range(0, 2).forEach(each -> image("nginx", 4));
        unused();
        objections.put(staying.digest(), new Objection(Guard.IN_USE, "seen"));
        limits = new Lifecycle.Limits(30, 1_000_000, 100, 100);
        version = "2";
        assertEquals(1L, sweep(true, "r1").counts().get("in use"));
        assertEquals(4L, sweep(true, "r2").counts().get("evicted"));
        assertFalse(sweep(true, "r3").reduced());
    }

    @Test
    void ofWhatStayedATenthTakesOneAfterTheOtherHoweverLarge() {
        CachedManifest small = image("nginx", 1);
        CachedManifest large = image("nginx", 4);
        unused();
        List.of(small, large).forEach(any -> objections.put(any.digest(), new Objection(Guard.IN_USE, "seen")));
        limits = new Lifecycle.Limits(30, 1_000_000, 100, 100);
        version = "2";
        for (String run : List.of("r1", "r2", "r3")) {
            sweep(true, run);
            clock.advance(Duration.ofDays(1));
        }
        objections.remove(large.digest());
        assertEquals(4L, sweep(true, "r4").counts().get("evicted"));
    }

    @Test
    void whatStayedIsNotCutOffBehindIndexesThatFitIntoNoShareOfTheCell() {
        List<Digest> stayed = together("nginx", 3);
        together("nginx", 9);
        together("nginx", 9);
        unused();
        image("redis", 20);
        limits = new Lifecycle.Limits(10, 1_000_000, 100, 10);
        KeptGroups.Kept kept = new KeptGroups.Kept("in use", "r0", clock.instant());
        // one of the two names the group
        stayed.forEach(index ->
                keptGroups.keep(OLD.repository(), Map.of(new KeptGroups.Name(index, Optional.empty()), kept)));
        assertEquals(3L, sweep(true, "r1").counts().get("evicted"));
    }
}
