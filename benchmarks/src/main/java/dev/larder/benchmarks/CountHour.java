package dev.larder.benchmarks;

import dev.larder.domain.usage.Caller;
import dev.larder.domain.usage.CountedPull;
import dev.larder.domain.usage.EventHash;
import dev.larder.domain.usage.Fact;
import dev.larder.domain.usage.LogHour;
import dev.larder.domain.usage.PullCounting;
import dev.larder.domain.usage.Tagging;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.Platform;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
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

/**
 * How long an hour of one hot image, pulled by three callers, takes to count. Ten times the pulls should take about ten times
 * as long: {@code CountingManyPullsTest} says what comes out.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
public class CountHour {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final RepositoryName NAME = new RepositoryName("docker-hub/library/nginx");
    private static final Digest INDEX = digest(1);
    private static final Digest CHILD = digest(2);
    private static final Tag TAG = new Tag("1.27");

    /** What the callers do: whole pulls, calls by SDKs, parts of pulls that were made before, pulls that fail upstream. */
    public enum Shape {
        /** A tag, its index, and one platform's image. */
        REGISTRY,
        /** Three calls for one tag. */
        SDK,
        /** Half of them ask for the tag, and then all of them for what it lists. */
        PARTS,
        /** A trip upstream for each, that fails. */
        TRIPS
    }

    /** What the facts are. */
    @Param
    public Shape shape = Shape.REGISTRY;

    /** Pulls in the hour. */
    @Param({"10000", "100000"})
    public int pulls;

    private final List<Fact> facts = new ArrayList<>();
    private PullCounting counting = new PullCounting(repository -> Tagging.UNKNOWN);

    /** Makes the facts, in no order. */
    @Setup
    public void make() {
        Tagging tagging = new Tagging(
                List.of(new Tagging.Move(TAG, NOON.minus(Duration.ofDays(1)), Optional.of(INDEX))),
                Map.of(INDEX, Map.of(CHILD, Optional.of(Platform.parse("linux/amd64")))),
                Map.of());
        counting = new PullCounting(repository -> tagging);
        for (int i = 0; i < pulls; i++) {
            add(i, i * 3_500L / pulls);
        }
        Collections.shuffle(facts, new Random(7));
    }

    private void add(int pull, long second) {
        switch (shape) {
            case REGISTRY -> {
                call(pull, second, tagged(TAG), true);
                call(pull, second, digested(INDEX), true);
                call(pull, second, digested(CHILD), true);
            }
            case SDK -> {
                for (int i = 0; i < 3; i++) {
                    call(pull, second, tagged(TAG), false);
                }
            }
            case PARTS -> {
                boolean first = pull < pulls / 2;
                call(pull, first ? 0 : 1, first ? tagged(TAG) : digested(CHILD), true);
                call(pull, 3, digested(CHILD), true);
            }
            case TRIPS -> {
                Tagged gone = tagged(new Tag("gone"));
                call(pull, second, gone, true);
                facts.add(
                        new Fact.Sync(gone, event(), NOON.plusSeconds(second + 5), Optional.of("UpstreamUnavailable")));
            }
        }
    }

    /** The pulls of the hour. */
    @Benchmark
    public List<CountedPull> count() {
        return counting.count(LogHour.of(NOON), facts);
    }

    private void call(int pull, long second, ImageReference image, boolean registry) {
        Caller caller = Caller.of("arn:aws:iam::111122223333:role/node-" + pull % 3);
        facts.add(new Fact.Fetch(image, caller, event(), NOON.plusSeconds(second), registry, Optional.empty()));
    }

    private EventHash event() {
        return EventHash.of("event " + facts.size());
    }

    private static Tagged tagged(Tag tag) {
        return new Tagged(NAME, tag);
    }

    private static Digested digested(Digest digest) {
        return new Digested(NAME, digest);
    }

    private static Digest digest(int number) {
        return new Digest(String.format("sha256:%064x", number));
    }
}
