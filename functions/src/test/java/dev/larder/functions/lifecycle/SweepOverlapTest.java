package dev.larder.functions.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.config.Lifecycle;
import dev.larder.domain.lifecycle.Guard;
import dev.larder.domain.lifecycle.Objection;
import dev.larder.events.LifecycleWork;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.functions.bus.Metrics;
import dev.larder.functions.bus.RecordingOrders;
import dev.larder.functions.ecr.CachedManifest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Groups that go by a rule and are parts of larger ones that go for quotas, in pieces that come in any order and die. */
class SweepOverlapTest {
    private static final Tagged A = SweepFixture.image("docker-hub/library/app0:a");
    private static final Tagged B = SweepFixture.image("docker-hub/library/app0:b");

    /** An image that goes by the rule shares what it lists with one that goes for the quota alone. */
    private static final class Shared extends SweepFixture {
        final CachedManifest bySlow;
        final CachedManifest byFast;

        /** @param fastFirst whether the larger group has its name from the one that goes for the quota alone */
        Shared(boolean fastFirst) {
            deployed();
            CachedManifest first = registry.publish(fastFirst ? B : A, "linux/amd64");
            CachedManifest second = registry.publish(fastFirst ? A : B, "linux/arm64");
            byFast = fastFirst ? first : second;
            bySlow = fastFirst ? second : first;
            registry.adopt(bySlow, byFast.children().getFirst().digest());
            List.of(A, B).forEach(registry::get);
            clock.advance(Duration.ofDays(60));
            records.pulled(B, clock.instant().minus(Duration.ofDays(5)));
            quotas = List.of(new Lifecycle.Quota("docker-hub/**", 1, Duration.ofDays(2)));
        }
    }

    @Example
    void whatGoesForAQuotaTakesAlongWhatSharesAPartWithIt() {
        for (boolean fastFirst : List.of(true, false)) {
            try (World world = new World(new Shared(fastFirst))) {
                Shared shared = (Shared) world.cell;
                assertEquals(4L, shared.sweep(true, "r1").counts().get("evicted"));
                assertEquals(Set.of("2"), world.pieces("r1"));
            }
        }
    }

    @Example
    void thePartGoesByItsRuleWhenSomethingSpeaksAgainstTheRest() {
        for (boolean fastFirst : List.of(true, false)) {
            try (World world = new World(new Shared(fastFirst))) {
                Shared shared = (Shared) world.cell;
                shared.objections.put(shared.byFast.digest(), new Objection(Guard.IN_USE, "seen"));
                assertEquals(2L, shared.sweep(true, "r1").counts().get("evicted"));
                assertEquals(Optional.empty(), shared.registry.cached(A));
                assertEquals(
                        Set.of(Optional.of("docker-hub/**")),
                        shared.keptGroups.apply(B.repository()).keySet().stream()
                                .map(KeptGroups.Name::quota)
                                .collect(Collectors.toSet()),
                        "the part did not stay");
            }
        }
    }

    @Example
    void thePartGoesByItsRuleWhenTheRestIsPulledBetweenThePlanAndThePiece() {
        for (boolean fastFirst : List.of(true, false)) {
            try (World world = new World(new Shared(fastFirst))) {
                Shared shared = (Shared) world.cell;
                shared.start(true, "r1");
                shared.carryOutUntilEviction(true);
                shared.records.pulled(B, shared.clock.instant());
                shared.carryOut(true);
                assertEquals(Optional.empty(), shared.registry.cached(A));
                assertTrue(shared.registry.cached(B).isPresent());
            }
        }
    }

    /** Of three, one by the rule and two for the quota, all that nothing speaks against goes, in whatever order their digests are. */
    @Example
    void ofWhatIsLeftTheLargestPartGoes() {
        for (List<Integer> order : List.of(List.of(0, 1, 2), List.of(0, 2, 1), List.of(2, 1, 0), List.of(1, 0, 2))) {
            try (World world = new World(new SweepFixture() {})) {
                SweepFixture cell = world.cell;
                cell.deployed();
                List<Tagged> images = Stream.of("a", "b", "c")
                        .map(tag -> SweepFixture.image("docker-hub/library/app0:" + tag))
                        .toList();
                order.forEach(i -> cell.registry.publish(images.get(i), "linux/amd64"));
                List<CachedManifest> indexes = images.stream()
                        .map(image -> cell.registry.content(
                                cell.registry.published(image).orElseThrow()))
                        .toList();
                // a and b share one with c
                for (CachedManifest index : indexes.subList(0, 2)) {
                    cell.registry.adopt(
                            indexes.get(2), index.children().getFirst().digest());
                }
                images.forEach(cell.registry::get);
                cell.clock.advance(Duration.ofDays(60));
                for (Tagged image : List.of(images.get(0), images.get(2))) {
                    cell.records.pulled(image, cell.clock.instant().minus(Duration.ofDays(5)));
                }
                cell.quotas = List.of(new Lifecycle.Quota("docker-hub/**", 1, Duration.ofDays(2)));
                cell.objections.put(indexes.getFirst().digest(), new Objection(Guard.IN_USE, "seen"));
                cell.sweep(true, "r1");
                assertEquals(
                        List.of(true, false, false),
                        images.stream()
                                .map(image -> cell.registry.cached(image).isPresent())
                                .toList(),
                        order::toString);
            }
        }
    }

    @Example
    void whileTheQuotaHoldsThePartGoesByItsRuleAndEachCountsOnce() {
        for (boolean fastFirst : List.of(true, false)) {
            try (World world = new World(new Shared(fastFirst))) {
                Shared shared = (Shared) world.cell;
                shared.quotas = List.of(new Lifecycle.Quota("docker-hub/**", 1_000_000, Duration.ofDays(2)));
                Map<String, Long> counts = shared.sweep(true, "r1").counts();
                assertEquals(2L, counts.get("evicted"), counts::toString);
                assertEquals(2L, counts.get("limit"), counts::toString);
            }
        }
    }

    @Example
    void whatSpeaksAgainstThePartOfOneThatIsSharedStopsNoRun() {
        for (boolean fastFirst : List.of(true, false)) {
            try (World world = new World(new Shared(fastFirst))) {
                Shared shared = (Shared) world.cell;
                shared.objections.put(shared.bySlow.digest(), new Objection(Guard.UPSTREAM_UNCHECKED, "not asked yet"));
                for (String run : List.of("r1", "r2", "r3")) {
                    shared.sweep(true, run);
                    assertEquals(
                            "upstream unchecked",
                            shared.line(run, shared.bySlow.digest()).reason());
                    shared.clock.advance(Duration.ofDays(1));
                }
                assertEquals(Optional.empty(), shared.registry.cached(B));
            }
        }
    }

    /** A cell, and what was in it. */
    private static final class World implements AutoCloseable {
        final SweepFixture cell;

        World(SweepFixture cell) {
            this.cell = cell;
        }

        Set<String> pieces(String run) {
            return cell.sent.stream()
                    .filter(LifecycleWork.Evict.class::isInstance)
                    .map(LifecycleWork.Evict.class::cast)
                    .filter(piece -> piece.run().equals(run))
                    .map(piece -> String.valueOf(piece.groups().size()))
                    .collect(Collectors.toSet());
        }

        Set<Digest> there(Set<Tagged> images) {
            return images.stream()
                    .map(Tagged::repository)
                    .distinct()
                    .flatMap(repository -> cell.registry.manifests(repository).stream())
                    .map(manifest -> manifest.digest())
                    .collect(Collectors.toSet());
        }

        @Override
        public void close() {
            cell.close();
        }
    }

    private static final class RandomCell extends SweepFixture {
        final Random random;
        final Set<Tagged> images = new HashSet<>();
        private boolean beside;

        RandomCell(Random random) {
            this.random = random;
            deployed();
            List<Tagged> all = new ArrayList<>();
            List<Digest> parts = new ArrayList<>();
            for (int i = 0; i < random.nextInt(3, 9); i++) {
                Tagged image = image("docker-hub/library/app" + random.nextInt(2) + ":" + i);
                CachedManifest index = registry.publish(image, "linux/amd64");
                List<Digest> others = all.stream()
                        .filter(other -> other.repository().equals(image.repository()))
                        .map(other -> registry.published(other).orElseThrow())
                        .toList();
                if (!others.isEmpty() && random.nextBoolean()) {
                    Digest other = others.get(random.nextInt(others.size()));
                    Digest part = registry.content(other).children().getFirst().digest();
                    registry.adopt(index, part);
                }
                all.add(image);
                parts.add(index.digest());
                index.children().forEach(child -> parts.add(child.digest()));
            }
            images.addAll(all);
            all.forEach(registry::get);
            clock.advance(Duration.ofDays(100));
            for (Tagged image : all) {
                if (random.nextBoolean()) {
                    records.pulled(image, clock.instant().minus(Duration.ofDays(random.nextInt(1, 60))));
                }
            }
            List<Lifecycle.Quota> some = new ArrayList<>();
            for (String match : List.of("**", "docker-hub/**", "docker-hub/library/app0")) {
                if (random.nextInt(3) > 0) {
                    some.add(
                            new Lifecycle.Quota(match, random.nextInt(1, 600), Duration.ofDays(random.nextInt(2, 40))));
                }
            }
            quotas = some;
            parts.stream()
                    .filter(part -> random.nextInt(8) == 0)
                    .forEach(part -> objections.put(part, new Objection(Guard.IN_USE, "seen")));
            limits = new Lifecycle.Limits(random.nextInt(4, 60), 1_000_000, random.nextInt(30, 101), 100);
            inAPiece = random.nextInt(1, 6);
        }

        /** Pieces in any order, some twice or beside others, some that die before or after a call that deletes. */
        void run(String id) {
            start(true, id);
            registry.beforeDelete = () -> die(12);
            registry.afterDelete = () -> die(12);
            reads = _ -> another();
            while (!queue.isEmpty()) {
                carryOutOne();
            }
            registry.beforeDelete = () -> {};
            registry.afterDelete = () -> {};
        }

        private void carryOutOne() {
            List<LifecycleWork> waiting = new ArrayList<>(queue);
            LifecycleWork piece = waiting.get(random.nextInt(waiting.size()));
            queue.remove(piece);
            if (random.nextInt(6) == 0) {
                queue.add(piece);
            }
            try {
                worker(true).carryOut(piece, new Metrics("LifecycleWorker", line -> {}));
            } catch (Killed killed) {
                queue.add(piece);
            }
        }

        /** A second worker, which does a whole piece while the first one is between two of its calls. */
        private void another() {
            if (!beside && !queue.isEmpty() && random.nextInt(2) == 0) {
                beside = true;
                carryOutOne();
                beside = false;
            }
        }

        private void die(int oneIn) {
            if (random.nextInt(oneIn) == 0) {
                throw new Killed();
            }
        }
    }

    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Property(tries = 150)
    void whatIsDeletedHasATombstoneAndNothingElseHas(@ForAll long seed) {
        try (World world = new World(new RandomCell(new Random(seed)))) {
            RandomCell cell = (RandomCell) world.cell;
            for (String id : List.of("r1", "r2", "r3")) {
                Set<Digest> before = world.there(cell.images);
                cell.run(id);
                Set<Digest> after = world.there(cell.images);
                Set<Digest> deleted = new HashSet<>(before);
                deleted.removeAll(after);
                assertEquals(
                        Run.Phase.DONE,
                        cell.runs.get(id, cell.clock.instant()).orElseThrow().phase());
                assertEquals(new TreeSet<>(deleted), tombstones(cell, id));
                assertEquals(
                        new TreeSet<>(deleted),
                        cell.runs
                                .lines(id)
                                .filter(line -> line.outcome() == RunLine.Outcome.EVICTED)
                                .map(RunLine::digest)
                                .collect(Collectors.toCollection(TreeSet::new)));
                assertTrue(deleted.size() <= cell.limits.images());
                deleted.forEach(digest -> assertTrue(!cell.objections.containsKey(digest), digest::toString));
                after.forEach(digest -> cell.registry
                        .content(digest)
                        .children()
                        .forEach(child -> assertTrue(
                                !deleted.contains(child.digest()), () -> digest + " lists " + child.digest())));
                Set<Digest> ordered = cell.undo(new RecordingOrders()).run(id).stream()
                        .map(SweepFixture::wanted)
                        .flatMap(image -> cell.images.stream().filter(image::equals))
                        .map(image -> cell.registry.published(image).orElseThrow())
                        .collect(Collectors.toSet());
                cell.images.stream()
                        .map(image -> cell.registry.published(image).orElseThrow())
                        .filter(deleted::contains)
                        .forEach(index -> assertTrue(ordered.contains(index), () -> "undo misses " + index));
                cell.clock.advance(Duration.ofDays(1));
            }
            List<String> deletions = cell.registry.calls.stream()
                    .filter(call -> call.startsWith("delete"))
                    .toList();
            assertEquals(deletions.stream().distinct().count(), deletions.size());
        }
    }

    private static Set<Digest> tombstones(RandomCell cell, String run) {
        return cell.images.stream()
                .map(Tagged::repository)
                .distinct()
                .flatMap(repository -> cell.tombstones.of(repository).stream())
                .filter(grave -> grave.run().equals(run))
                .map(Tombstone::digest)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
