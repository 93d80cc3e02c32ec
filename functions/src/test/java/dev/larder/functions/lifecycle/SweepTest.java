package dev.larder.functions.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.config.Lifecycle;
import dev.larder.config.Registry;
import dev.larder.config.Upstream;
import dev.larder.domain.image.KeepTag;
import dev.larder.domain.upstream.Failure;
import dev.larder.domain.upstream.FailureKind;
import dev.larder.events.OwnEvent.ImageEvicted;
import dev.larder.events.WarmOrder;
import dev.larder.events.WarmReason;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.MovableClock;
import dev.larder.functions.bus.RecordingBus;
import dev.larder.functions.bus.RecordingOrders;
import dev.larder.functions.desired.Reconciliation;
import dev.larder.functions.ecr.CacheException;
import dev.larder.functions.ecr.CachedManifest;
import dev.larder.functions.ecr.FakeRegistry;
import dev.larder.functions.table.InMemoryImageRecords;
import dev.larder.functions.table.TaggedImage;
import dev.larder.functions.warm.InMemoryWarmLeases;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SweepTest {
    private static final Instant START = Instant.parse("2026-10-01T00:00:00Z");
    private static final Tagged OLD = image("docker-hub/library/nginx:old");
    private static final Tagged NEW = image("docker-hub/library/nginx:new");
    private static final Tagged OTHER = image("docker-hub/library/redis:latest");
    private static final Digest DIGEST = new Digest("sha256:" + "ab".repeat(32));
    private static final Tagged OURS = image("team/app:1");

    private final MovableClock clock = new MovableClock(START);
    private final FakeRegistry registry = new FakeRegistry(clock);
    private final InMemoryImageRecords records = new InMemoryImageRecords();
    private final InMemoryWarmLeases leases = new InMemoryWarmLeases();
    private final InMemoryRuns runs = new InMemoryRuns();
    private final InMemoryTombstones tombstones = new InMemoryTombstones();
    private final RecordingBus bus = new RecordingBus();
    private final Map<ImageReference, Instant> fetches = new HashMap<>();
    private final List<RepositoryName> reconciled = new ArrayList<>();
    private Reconciliation reconciliation = (repository, repair) -> List.of();
    private List<String> pins = List.of();
    private Optional<Instant> completeSince = Optional.of(START);
    private Lifecycle.Limits limits = new Lifecycle.Limits(100, 1_000_000, 100);

    @Test
    void aDryRunSaysWhatWouldGoAndDeletesNothing() {
        pulledThrough(OLD, NEW);
        clock.advance(Duration.ofDays(31));
        records.pulled(NEW, clock.instant());
        Run run = sweep(false, "r1");
        assertEquals(Map.of("evict", 3L, "keep", 3L), run.counts());
        assertEquals(6, registry.size(OLD.repository()));
        assertEquals(Optional.of(run), runs.last());
        RunLine index = line("r1", registry.cached(OLD).orElseThrow());
        assertEquals(RunLine.Outcome.EVICT, index.outcome());
        assertTrue(index.evidence().stream().anyMatch(seen -> seen.startsWith("pushed: ")), index.toString());
        assertEquals("pulled", line("r1", registry.cached(NEW).orElseThrow()).reason());
        assertEquals(List.of(), tombstones.of(OLD.repository()));
    }

    @Test
    void anEnforcedRunDeletesTheIndexBeforeItsImagesAndLeavesTombstones() {
        pulledThrough(OLD, NEW);
        CachedManifest index = registry.content(registry.cached(OLD).orElseThrow());
        clock.advance(Duration.ofDays(31));
        records.pulled(NEW, clock.instant());
        Run run = sweep(true, "r1");
        assertEquals(Map.of("evicted", 3L, "keep", 3L), run.counts());
        assertEquals(3, registry.size(OLD.repository()));
        List<String> deletions = registry.calls.stream()
                .filter(call -> call.startsWith("delete"))
                .toList();
        assertEquals("delete " + index.digest(), deletions.getFirst());
        Tombstone grave = tombstones.get(OLD.repository(), "old").orElseThrow();
        assertEquals(index.digest(), grave.digest());
        assertEquals("r1", grave.run());
        assertEquals(3, bus.events().size());
        assertEquals(
                index.digest(),
                assertInstanceOf(ImageEvicted.class, bus.events().getFirst()).digest());
        assertEquals(Optional.empty(), records.tagged(OLD).flatMap(TaggedImage::digest));
    }

    @Test
    void aSecondRunAfterItDoesNothing() {
        pulledThrough(OLD);
        clock.advance(Duration.ofDays(31));
        sweep(true, "r1");
        int calls = registry.calls.size();
        assertEquals(Map.of(), sweep(true, "r2").counts());
        assertEquals(calls, registry.calls.size());
    }

    @Test
    void whatIsPinnedByAPatternOrByATagWithADigestStays() {
        pulledThrough(OLD, NEW);
        pins = List.of("docker-hub/library/nginx:o*", NEW + "@" + DIGEST);
        clock.advance(Duration.ofDays(31));
        assertEquals(Map.of("keep", 6L), sweep(true, "r1").counts());
    }

    @Test
    void whatIsPinnedByItsDigestAloneStaysWithWhatItLists() {
        pulledThrough(OLD);
        pins = List.of("docker-hub/library/nginx@" + registry.cached(OLD).orElseThrow());
        clock.advance(Duration.ofDays(31));
        assertEquals(Map.of("keep", 3L), sweep(true, "r1").counts());
    }

    @Test
    void whatIsPinnedByATagWithADigestStaysWhenTheTagHasMovedOn() {
        pulledThrough(OLD);
        pins = List.of(
                "docker-hub/library/nginx:elsewhere@" + registry.cached(OLD).orElseThrow());
        clock.advance(Duration.ofDays(31));
        assertEquals(Map.of("keep", 3L), sweep(true, "r1").counts());
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
        assertEquals(Map.of("keep", 3L), sweep(true, "r1").counts());
    }

    @Test
    void aPullOfATagThatHasMovedSinceProtectsWhatItPointedAt() {
        pulledThrough(OLD);
        Digest index = registry.cached(OLD).orElseThrow();
        clock.advance(Duration.ofDays(31));
        fetches.put(OLD, clock.instant().minusSeconds(3_600));
        records.imported(
                OLD, new Digest("sha256:" + "ee".repeat(32)), clock.instant().minusSeconds(60));
        assertEquals("pulled", lineOf(sweep(true, "r1"), index).reason());
    }

    private RunLine lineOf(Run run, Digest digest) {
        return line(run.id(), digest);
    }

    @Test
    void aPullBetweenThePlanAndTheDeletionWins() {
        pulledThrough(OLD);
        clock.advance(Duration.ofDays(31));
        Sweep sweep = sweep(true, new RecordsWithAPullInBetween());
        Run run = sweep.sweep("r1", () -> false);
        assertEquals(Map.of("keep", 3L), run.counts());
        assertEquals(3, registry.size(OLD.repository()));
        assertEquals(List.of(), tombstones.of(OLD.repository()));
    }

    /** The second look finds a pull that the first did not. */
    private final class RecordsWithAPullInBetween implements UsageAge {
        private int looks;

        @Override
        public Optional<Instant> completeSince(RepositoryName repository) {
            looks++;
            if (looks == 2) {
                records.pulled(OLD, clock.instant());
            }
            return completeSince;
        }
    }

    @Test
    void aDigestThatIsPulledWithoutATagProtectsTheIndexThatListsIt() {
        pulledThrough(OLD);
        CachedManifest index = registry.content(registry.cached(OLD).orElseThrow());
        clock.advance(Duration.ofDays(31));
        records.pulled(
                new Digested(OLD.repository(), index.children().getFirst().digest()), clock.instant());
        assertEquals(Map.of("keep", 3L), sweep(true, "r1").counts());
    }

    @Test
    void whatIsNotUnderAnUpstreamIsNotLookedAt() {
        pulledThrough(OURS);
        clock.advance(Duration.ofDays(400));
        assertEquals(Map.of(), sweep(true, "r1").counts());
        assertEquals(3, registry.size(OURS.repository()));
    }

    @Test
    void onAYoungRecordNothingGoes() {
        pulledThrough(OLD);
        clock.advance(Duration.ofDays(31));
        completeSince = Optional.of(clock.instant().minus(Duration.ofDays(29)));
        assertEquals(Map.of("keep", 3L), sweep(true, "r1").counts());
        completeSince = Optional.empty();
        assertEquals(Map.of("keep", 3L), sweep(true, "r2").counts());
    }

    @Test
    void theRunStopsAtItsLimits() {
        pulledThrough(OLD, OTHER);
        clock.advance(Duration.ofDays(31));
        limits = new Lifecycle.Limits(5, 1_000_000, 100);
        Run run = sweep(true, "r1");
        assertEquals(Map.of("evicted", 3L, "keep", 3L), run.counts());
        assertEquals(Optional.of("a run takes at most 5 images"), run.stopped());
        assertEquals(3, registry.size(OTHER.repository()));
    }

    @Test
    void whatIsBeingWarmedStays() {
        pulledThrough(OLD);
        clock.advance(Duration.ofDays(31));
        leases.acquire(OLD, "undo/r0", clock.instant());
        Run run = sweep(true, "r1");
        assertEquals(Map.of("keep", 3L), run.counts());
        assertEquals(3, registry.size(OLD.repository()));
        assertEquals(List.of(), tombstones.of(OLD.repository()));
    }

    @Test
    void whatEcrFailedAtInTheMiddleCountsAgainstTheLimitsAndCanBeUndone() {
        pulledThrough(OLD, OTHER);
        clock.advance(Duration.ofDays(31));
        limits = new Lifecycle.Limits(5, 1_000_000, 100);
        Digest index = registry.cached(OLD).orElseThrow();
        registry.beforeDelete = () -> {
            if (registry.cached(OLD).isEmpty()) {
                throw FakeRegistry.broken();
            }
        };
        Run run = sweep(true, "r1");
        assertEquals(Optional.of("a run takes at most 5 images"), run.stopped());
        assertEquals(3, registry.size(OTHER.repository()));
        assertEquals("ECR failed", line("r1", index).reason());
        Undo undo = new Undo(runs, tombstones, new RecordingOrders(), clock);
        assertEquals(List.of(OLD), undo.run("r1").stream().map(WarmOrder::image).toList());
    }

    @Test
    void aRunThatIsOutOfTimeEndsWithTheRepositoryItIsAt() {
        pulledThrough(OLD, OTHER);
        clock.advance(Duration.ofDays(31));
        Run run = sweep(true, repository -> completeSince).sweep("r1", () -> true);
        assertEquals(Map.of("evicted", 3L), run.counts());
        assertTrue(run.stopped().orElseThrow().contains("time"));
    }

    @Test
    void whatEcrRefusesToDeleteIsReportedAndKeepsNoTombstone() {
        pulledThrough(OLD);
        CachedManifest index = registry.content(registry.cached(OLD).orElseThrow());
        clock.advance(Duration.ofDays(31));
        CachedManifest another = registry.publish(NEW, "linux/amd64");
        registry.adopt(another, index.children().getFirst().digest());
        registry.beforeDelete = () -> registry.tag(OLD.repository(), another, NEW.tag());
        Run run = sweep(true, "r1");
        assertEquals(Map.of("evicted", 2L, "failed", 1L), run.counts());
        RunLine refused = line("r1", index.children().getFirst().digest());
        assertTrue(refused.evidence().getFirst().startsWith("ImageReferencedByManifestList"), refused.toString());
        assertEquals(
                Optional.empty(),
                tombstones.get(OLD.repository(), refused.digest().value()));
    }

    @Test
    void whatAnEnforcedRunEvictedIsOrderedAgainByUndo() {
        pulledThrough(OLD, OTHER);
        clock.advance(Duration.ofDays(31));
        sweep(true, "r1");
        RecordingOrders orders = new RecordingOrders();
        Undo undo = new Undo(runs, tombstones, orders, clock);
        List<WarmOrder> made = undo.run("r1");
        assertEquals(List.of(OLD, OTHER), made.stream().map(WarmOrder::image).toList());
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
        Undo undo = new Undo(runs, tombstones, new RecordingOrders(), clock);
        assertEquals(List.of(OLD), undo.run("r1").stream().map(WarmOrder::image).toList());
        assertEquals(
                1, undo.image(new Digested(OLD.repository(), index.digest())).size());
    }

    @Test
    void whatOnlyAKeepTagHeldHasATombstoneByDigest() {
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
        assertEquals(List.of(), new Undo(runs, tombstones, new RecordingOrders(), clock).run("r1"));
    }

    @Test
    void anExecutionThatSchedulerRepeatsIsTheSameRun() {
        pulledThrough(OLD);
        clock.advance(Duration.ofDays(31));
        sweep(true, "r1");
        sweep(true, "r1");
        Undo undo = new Undo(runs, tombstones, new RecordingOrders(), clock);
        assertEquals(1, undo.run("r1").size());
    }

    @Test
    void everyCachedRepositoryIsBroughtToItsDesiredStateAndSweptWhetherOrNotItCanBe() {
        pulledThrough(OLD, OURS);
        clock.advance(Duration.ofDays(31));
        reconciliation = (repository, repair) -> {
            reconciled.add(repository.name());
            throw new CacheException("read it", new Failure(FailureKind.ACCESS, "AccessDeniedException", "no"));
        };
        assertEquals(Map.of("evicted", 3L), sweep(true, "r1").counts());
        assertEquals(List.of(OLD.repository()), reconciled);
    }

    @Test
    void indexesAreReadOnceAndRemembered() {
        pulledThrough(OLD);
        sweep(false, "r1");
        Digest index = registry.cached(OLD).orElseThrow();
        assertEquals(
                2,
                records.manifest(OLD.repository(), index)
                        .orElseThrow()
                        .children()
                        .size());
    }

    @Test
    void lessThanADayWithoutPullsIsNoRuleToDeleteBy() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new Sweep(
                        new Lifecycle(
                                true, "rate(1 day)", new Lifecycle.Evict(Duration.ofHours(1), 0, List.of(), limits)),
                        List.of(),
                        List.of(),
                        registry,
                        registry,
                        records,
                        leases,
                        runs,
                        tombstones,
                        repository -> Optional.empty(),
                        repository -> fetches,
                        bus,
                        reconciliation,
                        clock));
        assertFalse(runs.last().isPresent());
    }

    private void pulledThrough(Tagged... images) {
        for (Tagged image : images) {
            registry.publish(image, "linux/amd64", "linux/arm64");
            registry.get(image);
            records.imported(image, registry.cached(image).orElseThrow(), clock.instant());
        }
        registry.calls.clear();
    }

    private Run sweep(boolean enforce, String id) {
        return sweep(enforce, repository -> completeSince).sweep(id, () -> false);
    }

    private Sweep sweep(boolean enforce, UsageAge age) {
        return new Sweep(
                new Lifecycle(enforce, "rate(1 day)", new Lifecycle.Evict(Duration.ofDays(30), 0, List.of(), limits)),
                List.of(new Upstream(
                        "docker-hub",
                        Registry.DOCKER_HUB,
                        "registry-1.docker.io",
                        Optional.empty(),
                        List.of(),
                        Optional.empty())),
                pins,
                registry,
                registry,
                records,
                leases,
                runs,
                tombstones,
                age,
                repository -> fetches,
                bus,
                reconciliation,
                clock);
    }

    private RunLine line(String run, Digest digest) {
        return runs.lines(run)
                .filter(line -> line.digest().equals(digest))
                .findFirst()
                .orElseThrow();
    }

    private static Tagged image(String text) {
        return (Tagged) ImageReference.parse(text);
    }
}
