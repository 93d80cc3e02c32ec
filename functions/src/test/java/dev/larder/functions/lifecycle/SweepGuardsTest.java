package dev.larder.functions.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.larder.config.Lifecycle;
import dev.larder.domain.lifecycle.Guard;
import dev.larder.domain.lifecycle.InUse;
import dev.larder.domain.lifecycle.Objection;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.functions.ecr.CachedManifest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What keeps an image, seen through whole sweeps. */
class SweepGuardsTest extends SweepFixture {
    @Test
    void whatIsPinnedByAPatternOrByATagWithADigestStays() {
        pulledThrough(OLD, NEW);
        pins = List.of("docker-hub/library/nginx:o*", NEW + "@" + DIGEST);
        clock.advance(Duration.ofDays(31));
        assertEquals(6, kept(sweep(true, "r1")));
    }

    @Test
    void whatIsPinnedByItsDigestAloneStaysWithWhatItLists() {
        pulledThrough(OLD);
        pins = List.of("docker-hub/library/nginx@" + registry.cached(OLD).orElseThrow());
        clock.advance(Duration.ofDays(31));
        assertEquals(3, kept(sweep(true, "r1")));
    }

    @Test
    void whatIsPinnedByATagWithADigestStaysWhenTheTagHasMovedOn() {
        pulledThrough(OLD);
        pins = List.of(
                "docker-hub/library/nginx:elsewhere@" + registry.cached(OLD).orElseThrow());
        clock.advance(Duration.ofDays(31));
        assertEquals(3, kept(sweep(true, "r1")));
    }

    @Test
    void aPatternThatDoesNotMatchKeepsNothing() {
        pulledThrough(OLD);
        pins = List.of("docker-hub/library/nginx:n*", "docker-hub/library/redis:o*");
        clock.advance(Duration.ofDays(31));
        assertEquals(Map.of("evicted", 3L), sweep(true, "r1").counts());
    }

    @Test
    void aPullOfADayThatIsNotClosedYetProtects() {
        pulledThrough(OLD);
        clock.advance(Duration.ofDays(31));
        fetches.put(OLD, clock.instant().minusSeconds(3_600));
        assertEquals(3, kept(sweep(true, "r1")));
    }

    @Test
    void aPullOfATagThatHasMovedSinceProtectsWhatItPointedAt() {
        pulledThrough(OLD);
        clock.advance(Duration.ofDays(31));
        fetches.put(OLD, clock.instant().minusSeconds(3_600));
        records.imported(
                OLD, new Digest("sha256:" + "ee".repeat(32)), clock.instant().minusSeconds(60));
        assertEquals(1L, sweep(true, "r1").counts().get("pulled"));
    }

    @Test
    void aDigestThatIsPulledWithoutATagProtectsTheIndexThatListsIt() {
        pulledThrough(OLD);
        CachedManifest index = registry.content(registry.cached(OLD).orElseThrow());
        clock.advance(Duration.ofDays(31));
        records.pulled(
                new Digested(OLD.repository(), index.children().getFirst().digest()), clock.instant());
        assertEquals(3, kept(sweep(true, "r1")));
    }

    @Test
    void onAYoungRecordNothingGoes() {
        pulledThrough(OLD);
        clock.advance(Duration.ofDays(31));
        completeSince = Optional.of(clock.instant().minus(Duration.ofDays(29)));
        assertEquals(3, kept(sweep(true, "r1")));
        completeSince = Optional.empty();
        assertEquals(3, kept(sweep(true, "r2")));
    }

    @Test
    void aSourceThatCannotBeReadKeepsEverything() {
        pulledThrough(OLD);
        clock.advance(Duration.ofDays(31));
        inUse = List.of(InUse.unreadable("ECS", "AccessDenied"));
        assertEquals(Map.of("in use unreadable", 3L), sweep(true, "r1").counts());
    }

    @Test
    void whatWasWarmedByItsDigestLatelyStays() {
        pulledThrough(OLD);
        clock.advance(Duration.ofDays(31));
        records.warmed(
                new Digested(OLD.repository(), registry.cached(OLD).orElseThrow()),
                Optional.empty(),
                clock.instant().minus(Duration.ofDays(1)));
        assertEquals(Map.of("warmed", 1L, "listed", 2L), sweep(true, "r1").counts());
        assertEquals(3, registry.size(OLD.repository()));
        clock.advance(Duration.ofDays(30));
        assertEquals(Map.of("evicted", 3L), sweep(true, "r2").counts());
    }

    @Test
    void whatSomethingObjectsToStays() {
        pulledThrough(OLD, OTHER);
        clock.advance(Duration.ofDays(31));
        objections.put(
                registry.cached(OLD).orElseThrow(), new Objection(Guard.GONE_UPSTREAM, "the upstream has it no more"));
        Run run = sweep(true, "r1");
        assertEquals(Map.of("evicted", 3L, "gone upstream", 1L, "listed", 2L), run.counts());
        assertEquals(6, runs.lines("r1").count());
        assertEquals(3, registry.size(OLD.repository()));
        assertEquals(
                List.of("the upstream has it no more"),
                line("r1", registry.cached(OLD).orElseThrow()).evidence());
    }

    @Test
    void whatAnObjectionToAnotherGroupMakesRoomForIsAskedAboutBeforeItGoes() {
        Tagged latest = image("docker-hub/library/nginx:latest");
        CachedManifest young = registry.publish(NEW, "linux/amd64");
        CachedManifest old = registry.publish(OLD, "linux/arm64");
        registry.adopt(old, young.children().getFirst().digest());
        registry.publish(latest, "linux/amd64");
        List.of(NEW, OLD, latest).forEach(registry::get);
        clock.advance(Duration.ofDays(31));
        records.pulled(NEW, clock.instant().minus(Duration.ofDays(5)));
        records.imported(NEW, young.digest(), START);
        records.pulled(latest, clock.instant());
        quotas = List.of(new Lifecycle.Quota("docker-hub/**", 1, Duration.ofDays(2)));
        objections.put(old.digest(), new Objection(Guard.GONE_UPSTREAM, "the upstream has it no more"));
        sweep(true, "r1");
        assertEquals("gone upstream", line("r1", old.digest()).reason());
        assertEquals(
                Set.of(Duration.ofDays(30)),
                unused.get(young.digest()),
                "as long as the strictest of what goes with it");
        assertEquals(RunLine.Outcome.EVICTED, line("r1", young.digest()).outcome());
        assertEquals(5, registry.size(OLD.repository()));
    }

    @Test
    void whatSpeaksAgainstAGroupIsAskedForAsLongAsItsStrictestGround() {
        superseded = Duration.ofDays(60);
        pulledThrough(OLD, OTHER);
        Digest before = registry.cached(OLD).orElseThrow();
        registry.publish(OLD, "linux/amd64");
        clock.advance(Duration.ofDays(2));
        registry.get(OLD);
        records.imported(OLD, registry.cached(OLD).orElseThrow(), clock.instant());
        clock.advance(Duration.ofDays(61));
        settings.templates.add(expiring());
        settings.expiring = Set.of(before);
        sweep(false, "r1");
        assertEquals(RunLine.Outcome.EVICT, line("r1", before).outcome());
        assertEquals(Set.of(Duration.ofDays(60)), unused.get(before));
        assertEquals(
                Set.of(Duration.ofDays(30)), unused.get(registry.cached(OLD).orElseThrow()));
        assertEquals(
                Set.of(Duration.ofDays(30)), unused.get(registry.cached(OTHER).orElseThrow()));
    }
}
