package dev.larder.benchmarks;

import dev.larder.domain.lifecycle.EvictionRule;
import dev.larder.domain.lifecycle.Group;
import dev.larder.domain.lifecycle.Groups;
import dev.larder.domain.lifecycle.Manifest;
import dev.larder.domain.lifecycle.Policy;
import dev.larder.domain.lifecycle.RepositoryPlan;
import dev.larder.domain.lifecycle.RepositoryState;
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
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

/**
 * How long the plan of a repository takes whose images hang together in the worst ways. Ten times the images should take
 * about ten times as long: {@code LargeRepositoryPlanTest} says what comes out.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
public class PlanShapes {
    private static final RepositoryName NAME = new RepositoryName("docker-hub/library/app");
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final String INDEX = "application/vnd.oci.image.index.v1+json";
    private static final String IMAGE = "application/vnd.oci.image.manifest.v1+json";

    /** How the images hang together. */
    public enum Shape {
        /** Indexes of two images each, with a signature. */
        INDEXES,
        /** Each is an index of the next one, and the last one was pulled. */
        CHAIN,
        /** One index of half of them, which are indexes of one image, to which the other half refers. */
        STAR,
        /** A thousand tags on each, all of one family. */
        FAMILY
    }

    /** How they hang together. */
    @Param
    public Shape shape = Shape.INDEXES;

    /** Images in the repository; tags, in a family. */
    @Param({"10000", "100000"})
    public int images;

    private final List<Manifest> manifests = new ArrayList<>();
    private final Policy policy = policy();
    private Optional<RepositoryState> state = Optional.empty();

    /** Makes the repository. */
    @Setup
    public void make() {
        switch (shape) {
            case INDEXES -> indexes();
            case CHAIN -> chain();
            case STAR -> star();
            case FAMILY -> family();
        }
        state = Optional.of(new RepositoryState(
                NAME,
                manifests,
                Map.of(),
                Optional.of(NOW.minus(Duration.ofDays(400))),
                List.of(),
                Map.of(),
                Optional.empty()));
    }

    private void indexes() {
        for (int i = 0; i < images; i += 4) {
            add(i, Set.of(digest(i + 1), digest(i + 2)), Optional.empty(), false, "1.0." + i);
            add(i + 1, Set.of(), Optional.empty(), i % 8 == 0);
            add(i + 2, Set.of(), Optional.empty(), false);
            add(i + 3, Set.of(), Optional.of(digest(i)), false);
        }
    }

    private void chain() {
        for (int i = 0; i < images; i++) {
            add(i, Set.of(digest(i + 1)), Optional.empty(), i == images - 1);
        }
    }

    private void star() {
        int half = images / 2;
        add(
                0,
                IntStream.range(1, half).mapToObj(PlanShapes::digest).collect(Collectors.toSet()),
                Optional.empty(),
                false);
        for (int i = 1; i < half; i++) {
            add(i, Set.of(digest(images)), Optional.empty(), false);
        }
        for (int i = half; i < images; i++) {
            add(i, Set.of(), Optional.of(digest(images)), false);
        }
        add(images, Set.of(), Optional.empty(), false);
    }

    private void family() {
        for (int i = 0; i < images / 1000; i++) {
            int image = i;
            String[] tags =
                    IntStream.range(0, 1000).mapToObj(tag -> image + "." + tag).toArray(String[]::new);
            add(i, Set.of(), Optional.empty(), false, tags);
        }
    }

    /** The plan, and what of it goes together. */
    @Benchmark
    public List<Group> plan() {
        return Groups.of(RepositoryPlan.of(state.orElseThrow(), policy, NOW));
    }

    private static Policy policy() {
        Duration time = Duration.ofDays(30);
        EvictionRule rule = new EvictionRule(EvictionRule.ALL, time, time, time, 2, false, List.of());
        return new Policy(List.of("docker-hub"), Set.of(), List.of(), List.of(rule));
    }

    private void add(int number, Set<Digest> children, Optional<Digest> subject, boolean pulled, String... tags) {
        manifests.add(new Manifest(
                NAME,
                digest(number),
                IntStream.range(0, tags.length).mapToObj(i -> new Tag(tags[i])).toList(),
                Optional.of(children.isEmpty() ? IMAGE : INDEX),
                OptionalLong.of(50_000_000),
                Optional.of(NOW.minus(Duration.ofDays(100))),
                pulled ? Optional.of(NOW.minus(Duration.ofDays(1))) : Optional.empty(),
                subject,
                Optional.of(children)));
    }

    private static Digest digest(int number) {
        return new Digest(String.format("sha256:%064x", number));
    }
}
