package dev.larder.benchmarks;

import dev.larder.domain.lifecycle.EvictionRule;
import dev.larder.domain.lifecycle.Manifest;
import dev.larder.domain.lifecycle.Policy;
import dev.larder.domain.lifecycle.RepositoryPlan;
import dev.larder.domain.lifecycle.RepositoryState;
import dev.larder.domain.lifecycle.Use;
import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** How long the verdicts on all manifests of a repository take: indexes with two children each, half of them unused. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
public class PlanRepository {
    private static final RepositoryName NAME = new RepositoryName("docker-hub/library/app");
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final String INDEX = "application/vnd.oci.image.index.v1+json";
    private static final String IMAGE = "application/vnd.oci.image.manifest.v1+json";

    /** Indexes in the repository. */
    @Param({"100", "1000", "10000"})
    public int indexes;

    private final List<Manifest> manifests = new ArrayList<>();
    private final Policy policy = policy();
    private RepositoryState state = state(Map.of());

    /** Makes the repository. */
    @Setup
    public void make() {
        for (int i = 0; i < indexes; i++) {
            Digest first = digest(3 * i + 1);
            Digest second = digest(3 * i + 2);
            manifests.add(manifest(digest(3 * i), List.of(new Tag("1." + i + ".0")), INDEX, Set.of(first, second), i));
            manifests.add(manifest(first, List.of(), IMAGE, Set.of(), i));
            manifests.add(manifest(second, List.of(), IMAGE, Set.of(), i));
        }
        state = state(Map.of());
    }

    /** All verdicts. */
    @Benchmark
    public RepositoryPlan plan() {
        return RepositoryPlan.of(state, policy, NOW);
    }

    private static Policy policy() {
        Duration time = Duration.ofDays(30);
        EvictionRule rule = new EvictionRule(EvictionRule.ALL, time, time, time, 2, false, List.of());
        return new Policy(List.of("docker-hub"), Set.of(), List.of(), List.of(rule));
    }

    private RepositoryState state(Map<Digest, Use> uses) {
        return new RepositoryState(
                NAME,
                manifests,
                uses,
                Optional.of(NOW.minus(Duration.ofDays(400))),
                List.of(),
                Map.of(),
                Optional.empty());
    }

    private static Manifest manifest(Digest digest, List<Tag> tags, String mediaType, Set<Digest> children, int i) {
        Instant pushed = NOW.minus(Duration.ofDays(100));
        Optional<Instant> pulled = i % 2 == 0 ? Optional.of(NOW.minus(Duration.ofDays(1))) : Optional.empty();
        return new Manifest(
                NAME,
                digest,
                tags,
                Optional.of(mediaType),
                OptionalLong.of(50_000_000),
                Optional.of(pushed),
                pulled,
                Optional.empty(),
                Optional.of(children));
    }

    private static Digest digest(int number) {
        return new Digest(String.format("sha256:%064x", number));
    }
}
