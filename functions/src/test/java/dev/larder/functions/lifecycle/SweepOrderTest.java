package dev.larder.functions.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.config.Lifecycle;
import dev.larder.domain.lifecycle.Guard;
import dev.larder.domain.lifecycle.Objection;
import dev.larder.domain.upstream.Failure;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.functions.ecr.CacheException;
import dev.larder.functions.ecr.CachedManifest;
import dev.larder.functions.ecr.FakeRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** In which order images go when a run may not take all, and some of them stay right before they would go. */
class SweepOrderTest extends SweepFixture {
    @BeforeEach
    void aRunTakesOneImage() {
        limits = new Lifecycle.Limits(3, 1_000_000, 100, 100);
    }

    private void unusedOneAfterTheOther(Tagged... images) {
        for (Tagged image : images) {
            pulledThrough(image);
            clock.advance(Duration.ofDays(1));
        }
        clock.advance(Duration.ofDays(31));
    }

    private Digest digest(Tagged image) {
        return registry.cached(image).orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(names = {"GONE_UPSTREAM", "UPSTREAM_UNCHECKED", "IN_USE", "IN_USE_UNREADABLE", "REPLICATING"})
    void whatSomethingSpeaksAgainstIsNotChosenAgainBeforeTheOthers(Guard guard) {
        unusedOneAfterTheOther(OLD, OTHER);
        objections.put(digest(OLD), new Objection(guard, "seen"));

        Run first = sweep(true, "r1");
        assertEquals(3, registry.size(OLD.repository()));
        assertEquals(3L, first.counts().get("limit"));
        Run second = sweep(true, "r2");

        assertEquals(Map.of("evicted", 3L, "limit", 3L), second.counts());
        assertEquals(0, registry.size(OTHER.repository()));
        assertEquals(Optional.empty(), second.stopped(), "a larger limit would not have let more go");
    }

    @Test
    void whatStayedIsAskedAboutAnewWhenNothingElseIsLeft() {
        unusedOneAfterTheOther(OLD, OTHER);
        objections.put(digest(OLD), new Objection(Guard.IN_USE, "seen"));
        sweep(true, "r1");
        sweep(true, "r2");
        assertEquals(Map.of("in use", 1L, "listed", 2L), sweep(true, "r3").counts());
        objections.clear();
        assertEquals(Map.of("evicted", 3L), sweep(true, "r4").counts());
        assertEquals(0, registry.size(OLD.repository()));
    }

    @Test
    void aDryRunRemembersWhatWouldHaveStayed() {
        unusedOneAfterTheOther(OLD, OTHER);
        objections.put(digest(OLD), new Objection(Guard.IN_USE, "seen"));
        sweep(false, "r1");
        assertEquals(Map.of("evict", 3L, "limit", 3L), sweep(false, "r2").counts());
        assertEquals(RunLine.Outcome.EVICT, line("r2", digest(OTHER)).outcome());
        assertEquals(Map.of("evict", 3L, "limit", 3L), sweep(false, "r3").counts(), "it may still go");
    }

    @Test
    void whatIsKnownToBeGoneUpstreamTakesNothingOfTheLimits() {
        unusedOneAfterTheOther(OLD, OTHER);
        known.put(digest(OLD), new Objection(Guard.GONE_UPSTREAM, "seen"));
        assertEquals(
                Map.of("evicted", 3L, "gone upstream", 1L, "listed", 2L),
                sweep(true, "r1").counts());
        assertEquals(3, registry.size(OLD.repository()));
        assertFalse(unused.containsKey(digest(OLD)), "nobody is asked again");
    }

    @Test
    void whatGoesWithOneThatIsKnownToBeGoneUpstreamGoesAlone() {
        limits = new Lifecycle.Limits(2, 1_000_000, 100, 100);
        CachedManifest gone = registry.publish(OLD, "linux/amd64");
        CachedManifest there = registry.publish(NEW, "linux/arm64");
        registry.adopt(there, gone.children().getFirst().digest());
        List.of(OLD, NEW).forEach(registry::get);
        clock.advance(Duration.ofDays(31));
        known.put(gone.digest(), new Objection(Guard.GONE_UPSTREAM, "seen"));
        sweep(true, "r1");
        assertEquals(Optional.empty(), stillThere(NEW));
        assertEquals(2, registry.size(OLD.repository()));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatGoesWithOneThatIsInUseGoesAloneWhicheverNamedTheGroup(boolean second) {
        CachedManifest old = registry.publish(OLD, "linux/amd64");
        CachedManifest other = registry.publish(NEW);
        registry.adopt(other, old.children().getFirst().digest());
        List.of(OLD, NEW).forEach(registry::get);
        clock.advance(Duration.ofDays(31));
        objections.put(digest(second ? NEW : OLD), new Objection(Guard.IN_USE, "seen"));
        assertEquals(
                Map.of("evicted", 1L, "in use", 1L, "listed", 1L),
                sweep(true, "r1").counts());
        assertEquals(Optional.empty(), stillThere(second ? OLD : NEW));
        assertEquals(2, registry.size(OLD.repository()));
    }

    private Optional<Digest> stillThere(Tagged image) {
        return registry.cached(image)
                .filter(digest -> registry.manifests(image.repository()).stream()
                        .anyMatch(manifest -> manifest.digest().equals(digest)));
    }

    @Test
    void whatEcrRefusesToDeleteComesBehindTheOthers() {
        unusedOneAfterTheOther(OLD, OTHER);
        Digest child = registry.content(digest(OLD)).children().getFirst().digest();
        CachedManifest another = registry.publish(NEW, "linux/amd64");
        registry.adopt(another, child);
        registry.beforeDelete = () -> registry.tag(OLD.repository(), another, NEW.tag());
        assertEquals(1L, sweep(true, "r1").counts().get("failed"));
        registry.beforeDelete = () -> {};
        assertEquals(1, keptGroups.apply(OLD.repository()).size(), () -> keptGroups.apply(OLD.repository()) + "");
    }

    @Test
    void whereNothingMayBeDeletedTheOthersHaveTheirTurnAndNothingIsSaidToBeGone() {
        unusedOneAfterTheOther(OLD, OTHER);
        registry.beforeDelete = () -> {
            throw new CacheException("delete images", Failure.classify("AccessDeniedException", "explicit deny"));
        };
        Run first = sweep(true, "r1");
        assertEquals(1L, first.counts().get("failed"));
        assertEquals(3, registry.size(OLD.repository()));
        assertEquals(List.of(), tombstones.of(OLD.repository()));
        RunLine line = line("r1", digest(OLD));
        assertEquals("ECR refused", line.reason());
        assertTrue(line.evidence().getFirst().contains("AccessDeniedException: explicit deny"), line::toString);
        registry.beforeDelete = () -> {};
        sweep(true, "r2");
        assertEquals(0, registry.size(OTHER.repository()));
        assertEquals(3, registry.size(OLD.repository()));
    }

    @Test
    void whatMayPassFailsThePieceWhichComesAgain() {
        unusedOneAfterTheOther(OLD);
        registry.beforeDelete = () -> {
            registry.beforeDelete = () -> {};
            throw FakeRegistry.broken();
        };
        assertEquals(Map.of("evicted", 3L), sweep(true, "r1").counts());
    }

    @Test
    void whatStayedForOneOfTwoQuotasIsNotChosenAgainBeforeTheOthers() {
        quotas = List.of(
                new Lifecycle.Quota("**", 1_000_000, Duration.ofDays(20)),
                new Lifecycle.Quota("docker-hub/**", 1, Duration.ofDays(7)));
        for (Tagged image : List.of(OLD, OTHER)) {
            pulledThrough(image);
            clock.advance(Duration.ofDays(1));
        }
        clock.advance(Duration.ofDays(24));
        objections.put(digest(OLD), new Objection(Guard.IN_USE, "seen"));
        sweep(true, "r1");
        assertEquals(
                Set.of(new KeptGroups.Name(digest(OLD), Optional.of("docker-hub/**"))),
                keptGroups.apply(OLD.repository()).keySet());
        sweep(true, "r2");
        assertEquals(0, registry.size(OTHER.repository()));
        assertEquals(3, registry.size(OLD.repository()));
    }

    @Test
    void whatACallDeletedBeforeItWasRefusedIsGoneAndHasItsTombstones() {
        unusedOneAfterTheOther(OLD);
        registry.afterDelete = () -> {
            throw new CacheException("delete images", Failure.classify("AccessDeniedException", "explicit deny"));
        };
        Digest gone = digest(OLD);
        sweep(true, "r1");
        assertEquals(RunLine.Outcome.EVICTED, line("r1", gone).outcome());
        assertEquals(3, tombstones.of(OLD.repository()).size());
    }

    @Test
    void aTenthLastsUntilSomethingWentAndGetsThere() {
        unusedOneAfterTheOther(OLD, OTHER, NEW);
        limits = new Lifecycle.Limits(30, 1_000_000, 100, 100);
        objections.put(digest(OLD), new Objection(Guard.IN_USE, "seen"));
        version = "2";
        List<Boolean> reduced =
                Stream.of("r1", "r2", "r3").map(id -> sweep(true, id).reduced()).toList();
        assertEquals(List.of(true, true, false), reduced);
        assertEquals(0, registry.size(OTHER.repository()));
        assertEquals(Optional.empty(), stillThere(NEW));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void overEnoughRunsAllGoesThatNothingSpeaksAgainst(long seed) {
        Random random = new Random(seed);
        List<Tagged> images = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            images.add(image("docker-hub/library/app" + random.nextInt(3) + ":" + i));
        }
        unusedOneAfterTheOther(images.toArray(Tagged[]::new));
        List<Tagged> staying =
                images.stream().filter(image -> random.nextInt(3) > 0).toList();
        staying.forEach(image -> objections.put(digest(image), new Objection(Guard.IN_USE, "seen")));
        limits = new Lifecycle.Limits(3 * random.nextInt(1, 3), 1_000_000, random.nextInt(20, 101), 100);
        IntStream.range(0, images.size()).forEach(run -> sweep(true, "run" + run));
        assertEquals(
                staying,
                images.stream().filter(image -> stillThere(image).isPresent()).toList());
    }
}
