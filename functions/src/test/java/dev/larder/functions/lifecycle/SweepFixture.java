package dev.larder.functions.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.larder.config.Lifecycle;
import dev.larder.config.Registry;
import dev.larder.config.Upstream;
import dev.larder.domain.lifecycle.InUse;
import dev.larder.domain.lifecycle.Manifest;
import dev.larder.domain.lifecycle.Objection;
import dev.larder.domain.popularity.ForwardDecay;
import dev.larder.events.LifecycleWork;
import dev.larder.events.WarmOrder;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.MovableClock;
import dev.larder.functions.bus.Metrics;
import dev.larder.functions.bus.RecordingBus;
import dev.larder.functions.bus.RecordingOrders;
import dev.larder.functions.desired.InMemorySettings;
import dev.larder.functions.ecr.CacheException;
import dev.larder.functions.ecr.CacheInventory;
import dev.larder.functions.ecr.FakeRegistry;
import dev.larder.functions.ecr.RepositorySettings;
import dev.larder.functions.inuse.InUseSources;
import dev.larder.functions.sweep.EvictionSwitch;
import dev.larder.functions.sweep.Pieces;
import dev.larder.functions.table.ImageRecords;
import dev.larder.functions.table.InMemoryImageRecords;
import dev.larder.functions.table.LocalTable;
import dev.larder.functions.warm.InMemoryWarmLeases;
import dev.larder.functions.warm.Upstreams;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A cell with one upstream whose sweeps run as they do in an account, piece by piece, with all that tests turn. */
abstract class SweepFixture {
    static final Instant START = Instant.parse("2026-10-01T00:00:00Z");
    static final Tagged OLD = image("docker-hub/library/nginx:old");
    static final Tagged NEW = image("docker-hub/library/nginx:new");
    static final Tagged OTHER = image("docker-hub/library/redis:latest");
    static final Digest DIGEST = new Digest("sha256:" + "ab".repeat(32));
    static final Tagged OURS = image("team/app:1");
    static final List<Upstream> UPSTREAMS = List.of(new Upstream(
            "docker-hub", Registry.DOCKER_HUB, "registry-1.docker.io", Optional.empty(), List.of(), Optional.empty()));

    final MovableClock clock = new MovableClock(START);
    final FakeRegistry registry = new FakeRegistry(clock);
    final InMemoryImageRecords records = new InMemoryImageRecords();
    final InMemoryWarmLeases leases = new InMemoryWarmLeases();
    final InMemoryRuns runs = new InMemoryRuns();
    final InMemoryTombstones tombstones = new InMemoryTombstones();
    final RecordingBus bus = new RecordingBus();
    final Map<ImageReference, Instant> fetches = new HashMap<>();
    List<String> pins = List.of();
    Optional<Instant> completeSince = Optional.of(START);
    Optional<String> doubt = Optional.empty();
    Lifecycle.Limits limits = new Lifecycle.Limits(100, 1_000_000, 100, 100);
    final LocalTable table = new LocalTable();
    final EvictionSwitch killSwitch = new EvictionSwitch(table.table());
    final InMemorySettings settings = new InMemorySettings();
    final ArrayDeque<LifecycleWork> queue = new ArrayDeque<>();
    final List<LifecycleWork> sent = new ArrayList<>();
    Consumer<LifecycleWork> beforeSend = piece -> {};
    final Map<Digest, Objection> objections = new HashMap<>();
    final Map<Digest, Objection> known = new HashMap<>();
    final KeptGroups keptGroups = new KeptGroups(table.table());
    final Set<Digest> byDigest = new HashSet<>();
    final Map<Digest, Set<Duration>> unused = new HashMap<>();
    final List<Optional<Instant>> askedSince = new ArrayList<>();
    Duration superseded = Duration.ofDays(30);
    ImageRecords read = records;
    List<Lifecycle.Quota> quotas = List.of();
    List<InUse> inUse = List.of();
    IntConsumer looks = count -> {};
    IntConsumer reads = count -> {};
    int unreadParts;
    boolean twice;
    int inAPiece = SelectPiece.IN_A_PIECE;
    String version = "1";

    Undo undo(RecordingOrders orders) {
        return new Undo(
                runs,
                tombstones,
                records,
                orders,
                () -> registry.repositories().map(CacheInventory.Repository::name),
                clock);
    }

    void pulledThrough(Tagged... images) {
        for (Tagged image : images) {
            registry.publish(image, "linux/amd64", "linux/arm64");
            registry.get(image);
            records.imported(image, registry.cached(image).orElseThrow(), clock.instant());
        }
        registry.calls.clear();
    }

    /** Runs a whole sweep: every piece as it comes out of the queue, and once more when it failed. */
    Run sweep(boolean enforce, String id) {
        start(enforce, id);
        carryOut(enforce);
        Run run = runs.get(id, clock.instant()).orElseThrow();
        assertEquals(Run.Phase.DONE, run.phase());
        return run;
    }

    void carryOutUntilEviction(boolean enforce) {
        SweepWork work = worker(enforce);
        while (!(queue.getFirst() instanceof LifecycleWork.Evict)) {
            work.carryOut(queue.removeFirst(), new Metrics("LifecycleWorker", line -> {}));
        }
    }

    SweepWork worker(boolean enforce) {
        return new SweepWork(
                ports(),
                eviction(enforce),
                new Upstreams(UPSTREAMS),
                new ForwardDecay(Duration.ofDays(7)),
                pause -> {},
                inAPiece);
    }

    void carryOut(boolean enforce) {
        carryOut(eviction(enforce));
    }

    void carryOut(Eviction eviction) {
        LifecyclePorts ports = ports();
        SweepWork work = new SweepWork(
                ports, eviction, new Upstreams(UPSTREAMS), new ForwardDecay(Duration.ofDays(7)), pause -> {}, inAPiece);
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

    SweepStart.Started start(boolean enforce, String id) {
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

    RepositorySettings.Template expiring() {
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

    static long kept(Run run) {
        return run.counts().entrySet().stream()
                .filter(count -> !List.of("evict", "evicted", "failed").contains(count.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    Eviction eviction(boolean enforce) {
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
        UsageAge age = new UsageAge() {
            @Override
            public Optional<Instant> completeSince(RepositoryName repository) {
                looks.accept(++count[0]);
                return completeSince;
            }

            @Override
            public Optional<String> doubt(RepositoryName repository) {
                return doubt;
            }
        };
        return new LifecyclePorts(
                registry,
                registry,
                read,
                repository -> fetches,
                age,
                new InUseSources() {
                    @Override
                    public List<InUse> now() {
                        // asked right before each look at what is there
                        reads.accept(++before[0]);
                        return inUse;
                    }

                    @Override
                    public boolean readAhead() {
                        return unreadParts-- <= 0;
                    }
                },
                asked(),
                _ -> known,
                keptGroups,
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

    private Objections asked() {
        return new Objections() {
            @Override
            public Asked of(RepositoryName repository, List<Manifest> candidates, Duration time, boolean evictGone) {
                candidates.forEach(candidate -> unused.computeIfAbsent(candidate.digest(), any -> new HashSet<>())
                        .add(time));
                return Asked.seen(candidates, "asked").and(new Asked(objections, Map.of(), byDigest));
            }

            @Override
            public Objections inPiece(Optional<Instant> since) {
                askedSince.add(since);
                return this;
            }
        };
    }

    @AfterEach
    void close() {
        table.close();
    }

    RunLine line(String run, Digest digest) {
        return runs.lines(run)
                .filter(line -> line.digest().equals(digest))
                .findFirst()
                .orElseThrow();
    }

    /** The tag by way of which an image is ordered by digest, or else the image. */
    static ImageReference wanted(WarmOrder order) {
        return order.by()
                .<ImageReference>map(tag -> new Tagged(order.image().repository(), tag))
                .orElse(order.image());
    }

    static Tagged image(String text) {
        return (Tagged) ImageReference.parse(text);
    }
}
