package dev.larder.functions.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.config.Lifecycle;
import dev.larder.config.Registry;
import dev.larder.config.Upstream;
import dev.larder.domain.image.KeepTag;
import dev.larder.domain.lifecycle.Guard;
import dev.larder.domain.lifecycle.InUse;
import dev.larder.domain.lifecycle.Manifest;
import dev.larder.domain.lifecycle.Objection;
import dev.larder.domain.popularity.ForwardDecay;
import dev.larder.domain.upstream.Failure;
import dev.larder.domain.upstream.FailureKind;
import dev.larder.events.LifecycleWork;
import dev.larder.events.OwnEvent.ImageEvicted;
import dev.larder.events.WarmOrder;
import dev.larder.events.WarmReason;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.functions.MovableClock;
import dev.larder.functions.bus.Metrics;
import dev.larder.functions.bus.RecordingBus;
import dev.larder.functions.bus.RecordingOrders;
import dev.larder.functions.desired.InMemorySettings;
import dev.larder.functions.ecr.CacheException;
import dev.larder.functions.ecr.CacheInventory;
import dev.larder.functions.ecr.CachedManifest;
import dev.larder.functions.ecr.FakeRegistry;
import dev.larder.functions.ecr.RepositorySettings;
import dev.larder.functions.sweep.EvictionSwitch;
import dev.larder.functions.sweep.PieceLease;
import dev.larder.functions.sweep.Pieces;
import dev.larder.functions.table.ImageRecords;
import dev.larder.functions.table.InMemoryImageRecords;
import dev.larder.functions.table.LocalTable;
import dev.larder.functions.table.RepositoryRecords;
import dev.larder.functions.table.TaggedImage;
import dev.larder.functions.warm.InMemoryWarmLeases;
import dev.larder.functions.warm.Upstreams;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
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
    private List<String> pins = List.of();
    private Optional<Instant> completeSince = Optional.of(START);
    private Lifecycle.Limits limits = new Lifecycle.Limits(100, 1_000_000, 100, 100);
    private final LocalTable table = new LocalTable();
    private final EvictionSwitch killSwitch = new EvictionSwitch(table.table());
    private final InMemorySettings settings = new InMemorySettings();
    private final ArrayDeque<LifecycleWork> queue = new ArrayDeque<>();
    private final List<LifecycleWork> sent = new ArrayList<>();
    private Consumer<LifecycleWork> beforeSend = piece -> {};
    private final Map<Digest, Objection> objections = new HashMap<>();
    private final Map<Digest, Set<Duration>> unused = new HashMap<>();
    private Duration superseded = Duration.ofDays(30);
    private ImageRecords read = records;
    private List<Lifecycle.Quota> quotas = List.of();
    private List<InUse> inUse = List.of();
    private IntConsumer looks = count -> {};
    private IntConsumer reads = count -> {};
    private boolean twice;
    private String version = "1";
    private static final List<Upstream> UPSTREAMS = List.of(new Upstream(
            "docker-hub", Registry.DOCKER_HUB, "registry-1.docker.io", Optional.empty(), List.of(), Optional.empty()));

    @Test
    void aDryRunSaysWhatWouldGoAndDeletesNothing() {
        pulledThrough(OLD, NEW);
        clock.advance(Duration.ofDays(31));
        records.pulled(NEW, clock.instant());
        Run run = sweep(false, "r1");
        assertEquals(Map.of("evict", 3L, "pulled", 1L, "listed", 2L), run.counts());
        assertEquals(6, registry.size(OLD.repository()));
        assertEquals(Optional.of(run), runs.last());
        RunLine index = line("r1", registry.cached(OLD).orElseThrow());
        assertEquals(RunLine.Outcome.EVICT, index.outcome());
        assertTrue(index.evidence().stream().anyMatch(seen -> seen.startsWith("pushed: ")), index.toString());
        assertEquals(List.of(), tombstones.of(OLD.repository()));
    }

    @Test
    void anEnforcedRunDeletesTheIndexBeforeItsImagesAndLeavesTombstones() {
        pulledThrough(OLD, NEW);
        CachedManifest index = registry.content(registry.cached(OLD).orElseThrow());
        clock.advance(Duration.ofDays(31));
        records.pulled(NEW, clock.instant());
        Run run = sweep(true, "r1");
        assertEquals(Map.of("evicted", 3L, "pulled", 1L, "listed", 2L), run.counts());
        assertEquals(3, registry.size(OLD.repository()));
        List<String> deletions = registry.calls.stream()
                .filter(call -> call.startsWith("delete"))
                .toList();
        assertEquals("delete " + index.digest(), deletions.getFirst());
        Tombstone grave = tombstones.get(OLD.repository(), "old").orElseThrow();
        assertEquals(index.digest(), grave.digest());
        assertEquals("r1", grave.run());
        assertEquals("asked", grave.evidence().getLast());
        assertEquals("asked", line("r1", index.digest()).evidence().getLast());
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
    void aPullBetweenTheSelectionAndTheDeletionWins() {
        pulledThrough(OLD);
        clock.advance(Duration.ofDays(31));
        // seen by the look right before the deletion, and by none before
        looks = count -> {
            if (count == 3) {
                records.pulled(OLD, clock.instant());
            }
        };
        Run run = sweep(true, "r1");
        assertEquals(Map.of("changed in between", 3L), run.counts());
        assertEquals(3, registry.size(OLD.repository()));
        assertEquals(List.of(), tombstones.of(OLD.repository()));
    }

    @Test
    void aPullBetweenThePlanAndTheSelectionWins() {
        pulledThrough(OLD);
        clock.advance(Duration.ofDays(31));
        looks = count -> {
            if (count == 2) {
                records.pulled(OLD, clock.instant());
            }
        };
        assertEquals(Map.of("pulled", 1L), sweep(true, "r1").counts());
        assertEquals(3, registry.size(OLD.repository()));
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
        assertEquals(3, kept(sweep(true, "r1")));
        completeSince = Optional.empty();
        assertEquals(3, kept(sweep(true, "r2")));
    }

    @Test
    void theRunStopsAtItsLimits() {
        pulledThrough(OLD, OTHER);
        clock.advance(Duration.ofDays(31));
        limits = new Lifecycle.Limits(5, 1_000_000, 100, 100);
        Run run = sweep(true, "r1");
        assertEquals(Map.of("evicted", 3L, "limit", 3L), run.counts());
        assertTrue(run.stopped().isPresent());
        assertEquals(3, registry.size(OLD.repository()) + registry.size(OTHER.repository()));
    }

    @Test
    void theFirstEnforcedRunAfterADeployHasATenthOfTheLimits() {
        pulledThrough(OLD, OTHER);
        clock.advance(Duration.ofDays(31));
        limits = new Lifecycle.Limits(30, 1_000_000, 100, 100);
        version = "2";
        Run first = sweep(true, "r1");
        assertTrue(first.reduced());
        assertEquals(Map.of("evicted", 3L, "limit", 3L), first.counts());
        Run second = sweep(true, "r2");
        assertFalse(second.reduced());
        assertEquals(Map.of("evicted", 3L), second.counts());
    }

    @Test
    void aSweepDoesNotStartWhileAnotherGoesOn() {
        pulledThrough(OLD);
        clock.advance(Duration.ofDays(31));
        start(true, "r1");
        clock.advance(Duration.ofHours(1));
        queue.clear();
        Run second = start(true, "r2").run();
        assertEquals(Run.Phase.DONE, second.phase());
        assertTrue(
                second.stopped().orElseThrow().startsWith("not started: the sweep r1, begun at "), second.toString());
        assertEquals(List.of(), List.copyOf(queue));
        assertEquals(second, start(true, "r2").run(), "when the schedule tries again");
        assertEquals(List.of(), List.copyOf(queue));
    }

    @Test
    void aSweepThatCannotGoOnIsGivenUpAndItsPiecesDoNothingAnyMore() {
        pulledThrough(OLD);
        clock.advance(Duration.ofDays(31));
        Instant begun = clock.instant();
        start(true, "r1");
        LifecycleWork lost = queue.removeFirst();
        queue.clear();
        clock.advance(EarlierRuns.SILENT);
        SweepStart.Started second = start(true, "r2");
        assertEquals(1, second.abandoned());
        assertEquals(Run.Phase.PLANNING, second.run().phase());
        Run first = runs.get("r1", begun).orElseThrow();
        assertEquals(Run.Phase.DONE, first.phase());
        assertTrue(first.stopped().orElseThrow().startsWith("given up while planning"), first.toString());
        queue.clear();
        queue.add(lost);
        carryOut(true);
        assertEquals(first, runs.get("r1", begun).orElseThrow());
        assertEquals(3, registry.size(OLD.repository()));
    }

    @Test
    void nothingGoesAnyMoreOfASweepThatWasGivenUpInTheMiddle() {
        pulledThrough(OLD);
        clock.advance(Duration.ofDays(31));
        // by somebody else, between the selection and the deletion
        looks = count -> {
            if (count == 2) {
                Run now = runs.get("r1", clock.instant()).orElseThrow();
                runs.advance(now.in(Run.Phase.DONE, now.pieces()), now.phase());
            }
        };
        assertEquals(3, registry.size(OLD.repository()));
        sweep(true, "r1");
        assertEquals(3, registry.size(OLD.repository()));
        assertEquals(List.of(), tombstones.of(OLD.repository()));
    }

    @Test
    void nothingGoesAnyMoreOnceTheFileSaysSo() {
        pulledThrough(OLD);
        clock.advance(Duration.ofDays(31));
        start(true, "r1");
        carryOutUntilEviction(true);
        Eviction now = eviction(false);
        carryOut(new Eviction(
                now.policy(), now.quotas(), now.limits(), false, eviction(true).settings()));
        Run run = runs.get("r1", clock.instant()).orElseThrow();
        assertEquals(Map.of("switched off", 3L), run.counts());
        assertEquals(Optional.of("lifecycle.enforce is false by now"), run.stopped());
        assertEquals(3, registry.size(OLD.repository()));
    }

    @Test
    void aRunUnderOtherSettingsSelectsNothing() {
        pulledThrough(OLD);
        clock.advance(Duration.ofDays(31));
        start(true, "r1");
        limits = new Lifecycle.Limits(101, 1_000_000, 100, 100);
        carryOut(true);
        Run run = runs.get("r1", clock.instant()).orElseThrow();
        assertEquals(Run.Phase.DONE, run.phase());
        assertTrue(
                run.stopped().orElseThrow().startsWith("lifecycle's settings changed in the middle"), run.toString());
        assertEquals(3, registry.size(OLD.repository()));
    }

    @Test
    void whatHasGrownSinceItWasSelectedStays() {
        pulledThrough(OLD);
        CachedManifest index = registry.content(registry.cached(OLD).orElseThrow());
        clock.advance(Duration.ofDays(31));
        start(true, "r1");
        carryOutUntilEviction(true);
        LifecycleWork.Evict piece = assertInstanceOf(LifecycleWork.Evict.class, queue.removeFirst());
        assertEquals(List.of(new LifecycleWork.Selected(index.digest(), 3, "not pulled")), piece.groups());
        queue.add(new LifecycleWork.Evict(
                piece.run(),
                piece.startedAt(),
                piece.batch(),
                piece.repository(),
                List.of(new LifecycleWork.Selected(index.digest(), 2, "not pulled"))));
        carryOut(true);
        Run run = runs.get("r1", clock.instant()).orElseThrow();
        assertEquals(Map.of("changed in between", 1L), run.counts());
        assertEquals(3, registry.size(OLD.repository()));
    }

    @Test
    void whatWasSelectedForAnotherReasonStays() {
        pulledThrough(OLD);
        clock.advance(Duration.ofDays(31));
        start(true, "r1");
        carryOutUntilEviction(true);
        LifecycleWork.Evict piece = assertInstanceOf(LifecycleWork.Evict.class, queue.removeFirst());
        LifecycleWork.Selected group = piece.groups().getFirst();
        queue.add(new LifecycleWork.Evict(
                piece.run(),
                piece.startedAt(),
                piece.batch(),
                piece.repository(),
                List.of(new LifecycleWork.Selected(group.first(), group.images(), "quota"))));
        carryOut(true);
        assertEquals(3, registry.size(OLD.repository()));
    }

    @Test
    void theSwitchCountsFromTheNextCallOn() {
        pulledThrough(OLD);
        clock.advance(Duration.ofDays(31));
        registry.beforeDelete =
                () -> killSwitch.turn(new EvictionSwitch.State(true, "ops", "incident 8", clock.instant()));
        Run run = sweep(true, "r1");
        assertEquals(Map.of("evicted", 1L, "switched off", 2L), run.counts());
        assertTrue(run.stopped().orElseThrow().endsWith("by ops: incident 8"), run.toString());
        assertEquals(2, registry.size(OLD.repository()));
        assertEquals(1, tombstones.of(OLD.repository()).size());
    }

    @Test
    void whatComesIntoUseDuringAPieceStays() {
        pulledThrough(OLD);
        Digest digest = registry.cached(OLD).orElseThrow();
        clock.advance(Duration.ofDays(31));
        looks = count -> {
            if (count == 2) {
                inUse = List.of(InUse.of("ECS", Map.of(new Digested(OLD.repository(), digest), "a service")));
            }
        };
        assertEquals(Map.of("changed in between", 3L), sweep(true, "r1").counts());
        assertEquals(3, registry.size(OLD.repository()));
    }

    @Test
    void anIndexAddsNothingToTheBytesThatItsImagesHave() {
        pulledThrough(OLD);
        CachedManifest index = registry.content(registry.cached(OLD).orElseThrow());
        clock.advance(Duration.ofDays(31));
        Run run = sweep(true, "r1");
        assertEquals(2 * 110, run.bytes());
        assertEquals(OptionalLong.of(0), line("r1", index.digest()).sizeBytes());
    }

    @Test
    void whatSomebodyDeletesInBetweenIsNoEviction() {
        pulledThrough(OLD);
        CachedManifest index = registry.content(registry.cached(OLD).orElseThrow());
        clock.advance(Duration.ofDays(31));
        reads = count -> {
            if (count == 3) {
                registry.delete(OLD.repository(), List.of(index.digest()));
            }
        };
        Run run = sweep(true, "r1");
        assertEquals(Map.of("evicted", 2L, "gone already", 1L), run.counts());
        assertEquals(
                "somebody else deleted it",
                line("r1", index.digest()).evidence().getFirst());
        assertEquals(Optional.empty(), tombstones.get(OLD.repository(), index.digest(), "r1"));
        assertEquals(2, tombstones.of(OLD.repository()).size());
        assertEquals(2, bus.events().size());
    }

    @Test
    void ofARepositoryThatSomebodyDeletesInBetweenNothingIsEvicted() {
        pulledThrough(OLD);
        List<Digest> all = registry.manifests(OLD.repository()).stream()
                .map(Manifest::digest)
                .toList();
        clock.advance(Duration.ofDays(31));
        reads = count -> {
            if (count == 3) {
                all.reversed().forEach(digest -> registry.delete(OLD.repository(), List.of(digest)));
            }
        };
        Run run = sweep(true, "r1");
        assertEquals(Map.of("gone already", 3L), run.counts());
        assertEquals(0L, run.bytes());
        assertEquals(List.of(), tombstones.of(OLD.repository()));
        assertEquals(List.of(), bus.events());
        assertEquals(List.of(), undo(new RecordingOrders()).run("r1"));
    }

    @Test
    void whatATryDeletedThatDiedWhileTheNextLooksIsStillAnEviction() {
        pulledThrough(OLD);
        CachedManifest index = registry.content(registry.cached(OLD).orElseThrow());
        clock.advance(Duration.ofDays(31));
        registry.beforeDelete = () -> {
            registry.beforeDelete = () -> {};
            throw FakeRegistry.broken();
        };
        // the call of the try that died is carried out late
        reads = count -> {
            if (count == 5) {
                registry.delete(OLD.repository(), List.of(index.digest()));
            }
        };
        assertEquals(Map.of("evicted", 3L), sweep(true, "r1").counts());
        assertEquals(3, tombstones.of(OLD.repository()).size());
    }

    @Test
    void anEvictionIsToldOnceThoughItsPieceFailsAfterIt() {
        pulledThrough(OLD);
        clock.advance(Duration.ofDays(31));
        int[] deletions = {0};
        registry.beforeDelete = () -> {
            if (++deletions[0] == 2) {
                clock.advance(Duration.ofMinutes(1));
                throw FakeRegistry.broken();
            }
        };
        start(true, "r1");
        Instant begun = clock.instant();
        carryOut(true);
        assertEquals(Map.of("evicted", 3L), runs.get("r1", begun).orElseThrow().counts());
        assertEquals(
                3,
                bus.events().stream()
                        .map(event ->
                                assertInstanceOf(ImageEvicted.class, event).digest())
                        .distinct()
                        .count());
        assertEquals(3, bus.events().size());
    }

    @Test
    void whatAnEarlierTryPreparedAndStaysAfterAllKeepsNoTombstone() {
        pulledThrough(OLD);
        clock.advance(Duration.ofDays(31));
        registry.beforeDelete = () -> {
            registry.beforeDelete = () -> {};
            records.pulled(OLD, clock.instant());
            throw FakeRegistry.broken();
        };
        Run run = sweep(true, "r1");
        assertEquals(3, registry.size(OLD.repository()));
        assertEquals(List.of(), tombstones.of(OLD.repository()));
        assertEquals(0L, run.bytes());
        assertEquals(Map.of("changed in between", 3L), run.counts());
    }

    @Test
    void whatAnEarlierTryDeletedIsForgottenAndToldByTheNext() {
        pulledThrough(OLD);
        clock.advance(Duration.ofDays(31));
        int[] deletions = {0};
        registry.afterDelete = () -> {
            if (++deletions[0] == 1) {
                throw FakeRegistry.broken();
            }
        };
        assertEquals(Map.of("evicted", 3L), sweep(true, "r1").counts());
        assertEquals(3, bus.events().size());
        assertEquals(Optional.empty(), records.tagged(OLD).flatMap(TaggedImage::digest));
    }

    @Test
    void nothingGoesWhileTheSwitchIsOff() {
        pulledThrough(OLD);
        clock.advance(Duration.ofDays(31));
        killSwitch.turn(new EvictionSwitch.State(true, "ops", "incident 7", clock.instant()));
        Run run = sweep(true, "r1");
        assertEquals(Map.of("switched off", 3L), run.counts());
        assertTrue(run.stopped().orElseThrow().endsWith("by ops: incident 7"), run.toString());
        assertEquals(3, registry.size(OLD.repository()));
        assertEquals(List.of(), tombstones.of(OLD.repository()));
        killSwitch.turn(new EvictionSwitch.State(false, "ops", "", clock.instant()));
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
    void whatAnObjectionToAnotherGroupMakesRoomForStaysAsNobodyAskedWhatSpeaksAgainstIt() {
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
        assertEquals(6, registry.size(OLD.repository()));
        assertEquals("changed in between", line("r1", young.digest()).reason());
        assertEquals("gone upstream", line("r1", old.digest()).reason());
        assertFalse(unused.containsKey(young.digest()));
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

    @Test
    void theLookRightBeforeTheDeletionKnowsWhatOtherReadsOfTheRecordDoNotKnowYet() {
        pulledThrough(OLD);
        clock.advance(Duration.ofDays(31));
        RepositoryRecords stale = records.repository(OLD.repository());
        records.pulled(OLD, clock.instant());
        read = (ImageRecords) Proxy.newProxyInstance(
                SweepTest.class.getClassLoader(),
                new Class<?>[] {ImageRecords.class},
                (proxy, method, arguments) ->
                        method.getName().equals("repository") ? stale : method.invoke(records, arguments));
        assertEquals(Map.of("changed in between", 3L), sweep(true, "r1").counts());
        assertEquals(3, registry.size(OLD.repository()));
    }

    @Test
    void aSourceThatCannotBeReadKeepsEverything() {
        pulledThrough(OLD);
        clock.advance(Duration.ofDays(31));
        inUse = List.of(InUse.unreadable("ECS", "AccessDenied"));
        assertEquals(Map.of("in use unreadable", 3L), sweep(true, "r1").counts());
    }

    @Test
    void everyPieceMayComeTwiceAndNothingIsDoneTwice() {
        pulledThrough(OLD, NEW, OTHER);
        clock.advance(Duration.ofDays(31));
        twice = true;
        Run run = sweep(true, "r1");
        assertEquals(Map.of("evicted", 9L), run.counts());
        assertEquals(
                9,
                registry.calls.stream()
                        .filter(call -> call.startsWith("delete"))
                        .distinct()
                        .count());
        assertEquals(
                9,
                registry.calls.stream()
                        .filter(call -> call.startsWith("delete"))
                        .count());
        assertEquals(9, bus.events().size());
    }

    @Test
    void twoWorkersAreNeverAtOnePieceAndWhatTheOneDeletesCanBeUndone() {
        pulledThrough(OLD);
        clock.advance(Duration.ofDays(31));
        start(true, "r1");
        carryOutUntilEviction(true);
        LifecycleWork piece = queue.getFirst();
        registry.beforeDelete = () -> {
            registry.beforeDelete = () -> {};
            // known to the other worker alone, who would keep the image and take the tombstones away
            records.pulled(OLD, clock.instant());
            worker(true).carryOut(piece, new Metrics("LifecycleWorker", line -> {}));
        };
        carryOut(true);
        assertEquals(
                Map.of("evicted", 3L),
                runs.get("r1", clock.instant()).orElseThrow().counts());
        assertEquals(0, registry.size(OLD.repository()));
        Undo undo = undo(new RecordingOrders());
        assertEquals(
                List.of(OLD), undo.run("r1").stream().map(SweepTest::wanted).toList());
        assertEquals(1, sent.stream().filter(piece::equals).count() - 1, "sent once more, for when the other is dead");
    }

    @Test
    void aPieceOfAWorkerThatWasKilledIsCarriedOutOnceItsLeaseIsOver() {
        pulledThrough(OLD);
        clock.advance(Duration.ofDays(31));
        Instant begun = clock.instant();
        start(true, "r1");
        carryOutUntilEviction(true);
        new Pieces(table.table()).take("r1", Pieces.Kind.EVICT, 0, begun);
        LifecycleWork piece = queue.removeFirst();
        worker(true).carryOut(piece, new Metrics("LifecycleWorker", line -> {}));
        assertEquals(List.of(piece), List.copyOf(queue));
        assertEquals(3, registry.size(OLD.repository()));
        clock.advance(PieceLease.TERM);
        carryOut(true);
        assertEquals(Map.of("evicted", 3L), runs.get("r1", begun).orElseThrow().counts());
    }

    @Test
    void ofTwoSelectionsAtOnceOneSendsThePieces() {
        pulledThrough(OLD);
        clock.advance(Duration.ofDays(31));
        start(true, "r1");
        beforeSend = work -> {
            if (work instanceof LifecycleWork.Evict piece) {
                beforeSend = next -> {};
                worker(true)
                        .carryOut(
                                new LifecycleWork.Select(piece.run(), piece.startedAt()),
                                new Metrics("LifecycleWorker", line -> {}));
            }
        };
        carryOut(true);
        assertEquals(
                1, sent.stream().filter(LifecycleWork.Evict.class::isInstance).count());
        assertEquals(
                Map.of("evicted", 3L),
                runs.get("r1", clock.instant()).orElseThrow().counts());
    }

    @Test
    void aSelectionOfAWorkerThatWasKilledIsMadeAgainOnceItsLeaseIsOver() {
        pulledThrough(OLD);
        clock.advance(Duration.ofDays(31));
        Instant begun = clock.instant();
        start(true, "r1");
        Run run = runs.get("r1", begun).orElseThrow();
        worker(true).carryOut(queue.removeFirst(), new Metrics("LifecycleWorker", line -> {}));
        new Pieces(table.table()).take("r1", Pieces.Kind.SELECT, 0, begun);
        runs.advance(run.in(Run.Phase.SELECTING, run.pieces()), Run.Phase.PLANNING);
        LifecycleWork select = queue.getFirst();
        queue.clear();
        worker(true).carryOut(select, new Metrics("LifecycleWorker", line -> {}));
        assertEquals(List.of(select), List.copyOf(queue));
        clock.advance(PieceLease.TERM);
        carryOut(true);
        assertEquals(Map.of("evicted", 3L), runs.get("r1", begun).orElseThrow().counts());
    }

    @Test
    void aTombstoneThatSomebodyTakesAwayWhileItsImageIsDeletedIsPutBack() {
        pulledThrough(OLD);
        Digest index = registry.cached(OLD).orElseThrow();
        clock.advance(Duration.ofDays(31));
        registry.beforeDelete = () -> {
            registry.beforeDelete = () -> {};
            tombstones.remove(OLD.repository(), index, "r1");
        };
        assertEquals(Map.of("evicted", 3L), sweep(true, "r1").counts());
        assertTrue(tombstones.get(OLD.repository(), index, "r1").isPresent());
        assertEquals(3, tombstones.of(OLD.repository()).size());
    }

    @Test
    void aRepositoryThatIsInTwoPiecesIsCountedAndOfferedOnce() {
        pulledThrough(OLD, NEW);
        clock.advance(Duration.ofDays(31));
        records.pulled(NEW, clock.instant());
        limits = new Lifecycle.Limits(5, 1_000_000, 100, 100);
        start(true, "r1");
        LifecycleWork.Plan first = assertInstanceOf(LifecycleWork.Plan.class, queue.getFirst());
        queue.addFirst(
                new LifecycleWork.Plan(first.run(), first.startedAt(), 1, first.arnPrefix(), first.repositories()));
        carryOut(true);
        Run run = runs.get("r1", clock.instant()).orElseThrow();
        assertEquals(Map.of("evicted", 3L, "pulled", 1L, "listed", 2L), run.counts());
        assertEquals(Optional.empty(), run.stopped());
    }

    @Test
    void whatIsBeingWarmedStays() {
        pulledThrough(OLD);
        clock.advance(Duration.ofDays(31));
        leases.acquire(OLD, "undo/r0", clock.instant());
        Run run = sweep(true, "r1");
        assertEquals(3, kept(run));
        assertEquals(3, registry.size(OLD.repository()));
        assertEquals(List.of(), tombstones.of(OLD.repository()));
    }

    @Test
    void whatIsBeingWarmedByItsDigestStays() {
        pulledThrough(OLD);
        clock.advance(Duration.ofDays(31));
        leases.acquire(new Digested(OLD.repository(), registry.cached(OLD).orElseThrow()), "undo/r0", clock.instant());
        assertEquals(Map.of("changed in between", 3L), sweep(true, "r1").counts());
        assertEquals(3, registry.size(OLD.repository()));
        assertEquals(List.of(), tombstones.of(OLD.repository()));
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
    void aPieceWhoseWorkerDiedInTheMiddleIsFinishedByTheNextAndCanBeUndone() {
        pulledThrough(OLD, OTHER);
        clock.advance(Duration.ofDays(31));
        int[] deletions = {0};
        registry.beforeDelete = () -> {
            if (++deletions[0] == 2) {
                throw FakeRegistry.broken();
            }
        };
        Run run = sweep(true, "r1");
        assertEquals(Map.of("evicted", 6L), run.counts());
        assertEquals(0, registry.size(OLD.repository()) + registry.size(OTHER.repository()));
        Undo undo = undo(new RecordingOrders());
        assertEquals(
                List.of(OLD, OTHER),
                undo.run("r1").stream().map(SweepTest::wanted).toList());
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
    void theRecordOfATagThatIsPulledAgainRightAfterTheDeletionStays() {
        pulledThrough(OLD);
        clock.advance(Duration.ofDays(31));
        // heard of before the deletion's answer
        registry.beforeDelete = () -> records.imported(OLD, DIGEST, clock.instant());
        assertEquals(Map.of("evicted", 3L), sweep(true, "r1").counts());
        assertEquals(Optional.of(DIGEST), records.tagged(OLD).flatMap(TaggedImage::digest));
    }

    @Test
    void whatAnEnforcedRunEvictedIsOrderedAgainByUndo() {
        pulledThrough(OLD, OTHER);
        clock.advance(Duration.ofDays(31));
        sweep(true, "r1");
        RecordingOrders orders = new RecordingOrders();
        Undo undo = undo(orders);
        List<WarmOrder> made = undo.run("r1");
        assertEquals(List.of(OLD, OTHER), made.stream().map(SweepTest::wanted).toList());
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
        Undo undo = undo(new RecordingOrders());
        assertEquals(
                List.of(OLD), undo.run("r1").stream().map(SweepTest::wanted).toList());
        assertEquals(
                1, undo.image(new Digested(OLD.repository(), index.digest())).size());
    }

    @Test
    void whatOnlyAKeepTagHeldHasATombstoneByDigestAndIsOrderedByIt() {
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
        Undo undo = undo(new RecordingOrders());
        assertEquals(
                List.of(new Digested(OLD.repository(), index.digest())),
                undo.run("r1").stream().map(WarmOrder::image).toList());
    }

    @Test
    void anExecutionThatSchedulerRepeatsIsTheSameRun() {
        pulledThrough(OLD);
        clock.advance(Duration.ofDays(31));
        sweep(true, "r1");
        sweep(true, "r1");
        Undo undo = undo(new RecordingOrders());
        assertEquals(1, undo.run("r1").size());
    }

    @Test
    void everyCachedRepositoryIsBroughtToItsDesiredStateAndSweptWhetherOrNotItCanBe() {
        pulledThrough(OLD, OURS);
        clock.advance(Duration.ofDays(31));
        settings.templates.add(new RepositorySettings.Template(
                "docker-hub",
                Optional.empty(),
                Optional.empty(),
                Map.of("managed-by", "larder"),
                settings.current.orElseThrow().description().tagMutability(),
                Optional.empty()));
        settings.refusals.put("addTags", new Failure(FailureKind.CREDENTIALS, "AccessDeniedException", "no"));
        assertEquals(Map.of("evict", 3L, "drift failed", 1L), sweep(false, "r1").counts());
        settings.refusals.clear();
        assertEquals(
                Map.of("evicted", 3L, "drift repaired", 1L), sweep(true, "r2").counts());
    }

    @Test
    void theRepositoriesOfAPieceAreDescribedInOneCall() {
        pulledThrough(OLD, image("docker-hub/library/redis:7"));
        settings.templates.add(new RepositorySettings.Template(
                "docker-hub",
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                settings.current.orElseThrow().description().tagMutability(),
                Optional.empty()));
        sweep(false, "r1");
        assertEquals(List.of(2), settings.described);
    }

    @Test
    void aPreviewThatOutlastsTheSweepIsLookedAtAgainThoughItsRunIsOver() {
        pulledThrough(OLD);
        settings.templates.add(expiring());
        settings.runningLooks = 8;
        twice = true;
        Run run = sweep(true, "r1");
        assertEquals(Map.of("pushed", 3L, "drift waiting", 1L), run.counts());
        assertTrue(settings.current.orElseThrow().lifecyclePolicy().isPresent());
        assertEquals(
                1,
                settings.calls.stream()
                        .filter(call -> call.equals("putLifecyclePolicy"))
                        .count());
    }

    @Test
    void whatPeoplesOwnRuleExpiresFromTheArchiveKeepsNoPolicyFromBeingPut() {
        pulledThrough(OLD);
        Digest index = registry.cached(OLD).orElseThrow();
        registry.archived.add(index);
        settings.templates.add(new RepositorySettings.Template(
                "docker-hub",
                Optional.of("{\"rules\":[{\"rulePriority\":1,\"description\":\"larder: any\",\"selection\":"
                        + "{\"tagStatus\":\"any\",\"countType\":\"imageCountMoreThan\",\"countNumber\":900},"
                        + "\"action\":{\"type\":\"expire\"}}]}"),
                Optional.empty(),
                Map.of(),
                settings.current.orElseThrow().description().tagMutability(),
                Optional.empty()));
        settings.expiring = Set.of(index);
        assertEquals(1L, sweep(true, "r1").counts().get("drift repaired"));
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

    private Undo undo(RecordingOrders orders) {
        return new Undo(
                runs,
                tombstones,
                records,
                orders,
                () -> registry.repositories().map(CacheInventory.Repository::name),
                clock);
    }

    private void pulledThrough(Tagged... images) {
        for (Tagged image : images) {
            registry.publish(image, "linux/amd64", "linux/arm64");
            registry.get(image);
            records.imported(image, registry.cached(image).orElseThrow(), clock.instant());
        }
        registry.calls.clear();
    }

    /** Runs a whole sweep: every piece as it comes out of the queue, and once more when it failed. */
    private Run sweep(boolean enforce, String id) {
        start(enforce, id);
        carryOut(enforce);
        Run run = runs.get(id, clock.instant()).orElseThrow();
        assertEquals(Run.Phase.DONE, run.phase());
        return run;
    }

    private void carryOutUntilEviction(boolean enforce) {
        SweepWork work = worker(enforce);
        while (!(queue.getFirst() instanceof LifecycleWork.Evict)) {
            work.carryOut(queue.removeFirst(), new Metrics("LifecycleWorker", line -> {}));
        }
    }

    private SweepWork worker(boolean enforce) {
        return new SweepWork(
                ports(),
                eviction(enforce),
                new Upstreams(UPSTREAMS),
                new ForwardDecay(Duration.ofDays(7)),
                pause -> {});
    }

    private void carryOut(boolean enforce) {
        carryOut(eviction(enforce));
    }

    private void carryOut(Eviction eviction) {
        LifecyclePorts ports = ports();
        SweepWork work = new SweepWork(
                ports, eviction, new Upstreams(UPSTREAMS), new ForwardDecay(Duration.ofDays(7)), pause -> {});
        Metrics metrics = new Metrics("LifecycleWorker", line -> {});
        while (!queue.isEmpty()) {
            LifecycleWork piece = queue.removeFirst();
            try {
                work.carryOut(piece, metrics);
            } catch (CacheException again) {
                work.carryOut(piece, metrics);
            }
            if (twice) {
                work.carryOut(piece, metrics);
            }
        }
    }

    private SweepStart.Started start(boolean enforce, String id) {
        return new SweepStart(registry, runs, new Pieces(table.table()), ports().queue(), eviction(enforce), version)
                .start(id, clock.instant());
    }

    /** A run of this version went before. */
    @BeforeEach
    void deployed() {
        Run before = Run.begun("r0", START, true, version, "s1", true);
        runs.begin(before);
        runs.advance(
                before.in(Run.Phase.DONE, Optional.of(1)).counting(Map.of("evicted", 1L), 1, Optional.empty()),
                Run.Phase.PLANNING);
    }

    private RepositorySettings.Template expiring() {
        return new RepositorySettings.Template(
                "docker-hub",
                Optional.of("{\"rules\":[{\"rulePriority\":1,\"description\":\"larder: any\",\"selection\":"
                        + "{\"tagStatus\":\"any\",\"countType\":\"imageCountMoreThan\",\"countNumber\":900},"
                        + "\"action\":{\"type\":\"expire\"}}]}"),
                Optional.empty(),
                Map.of(),
                settings.current.orElseThrow().description().tagMutability(),
                Optional.empty());
    }

    private static long kept(Run run) {
        return run.counts().entrySet().stream()
                .filter(count -> !List.of("evict", "evicted", "failed").contains(count.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private Eviction eviction(boolean enforce) {
        return Eviction.of(
                new Lifecycle(
                        enforce,
                        "rate(1 day)",
                        new Lifecycle.Evict(
                                Duration.ofDays(30), superseded, Duration.ofDays(30), 0, List.of(), false, limits),
                        List.of(),
                        quotas),
                UPSTREAMS,
                pins);
    }

    private LifecyclePorts ports() {
        int[] count = {0};
        int[] before = {0};
        UsageAge age = repository -> {
            looks.accept(++count[0]);
            return completeSince;
        };
        return new LifecyclePorts(
                registry,
                registry,
                read,
                repository -> fetches,
                age,
                () -> {
                    // asked right before each look at what is there
                    reads.accept(++before[0]);
                    return inUse;
                },
                (_, candidates, time, _) -> {
                    candidates.forEach(candidate -> unused.computeIfAbsent(candidate.digest(), any -> new HashSet<>())
                            .add(time));
                    return Objections.Asked.seen(candidates, "asked").and(new Objections.Asked(objections, Map.of()));
                },
                settings,
                leases,
                runs,
                new Pieces(table.table()),
                tombstones,
                killSwitch,
                (work, delay) -> work.forEach(piece -> {
                    sent.add(piece);
                    beforeSend.accept(piece);
                    queue.add(piece);
                }),
                bus,
                clock);
    }

    @AfterEach
    void close() {
        table.close();
    }

    private RunLine line(String run, Digest digest) {
        return runs.lines(run)
                .filter(line -> line.digest().equals(digest))
                .findFirst()
                .orElseThrow();
    }

    /** The tag by way of which an image is ordered by digest, or else the image. */
    private static ImageReference wanted(WarmOrder order) {
        return order.by()
                .<ImageReference>map(tag -> new Tagged(order.image().repository(), tag))
                .orElse(order.image());
    }

    private static Tagged image(String text) {
        return (Tagged) ImageReference.parse(text);
    }
}
