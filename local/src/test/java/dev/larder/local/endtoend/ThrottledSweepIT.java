package dev.larder.local.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.events.image.ImageReference;
import dev.larder.functions.lifecycle.DynamoDbRuns;
import dev.larder.functions.lifecycle.DynamoDbTombstones;
import dev.larder.functions.lifecycle.Run;
import dev.larder.functions.lifecycle.RunLine;
import dev.larder.functions.table.Table;
import dev.larder.local.cloud.LocalCloud;
import dev.larder.local.cloud.Options;
import dev.larder.local.cloud.RealStacks;
import dev.larder.local.fixture.FixtureImage;
import dev.larder.local.fixture.FixtureRegistry;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sweeps while ECR takes few calls in a second. */
class ThrottledSweepIT {
    private static final int REPOSITORIES = 3;
    private static final Map<String, Double> FEW = Map.of("DescribeImages", 2.0, "BatchDeleteImage", 2.0);
    private static final Duration TO_THE_NEXT = Duration.ofHours(25);
    private static final Duration REST = Duration.ofMinutes(1);

    private static final String SECTIONS = """
            warm: { schedule: rate(7 days), popular: { top: 0 } }
            lifecycle:
              enforce: true
              schedule: rate(25 hours)
              evict:
                notPulledFor: 1d
                keepNewest: 0
                limits: { repositoryPercent: 100, cellPercent: 100 }
            """;

    @TempDir
    Path folder;

    private final EcrCallRecords calls = new EcrCallRecords();
    private FixtureRegistry upstream;
    private LocalCloud cloud;
    private Table table;

    /** What is left after sweeps over the same images. */
    private record Outcome(
            Set<Run.Phase> phases,
            long evicted,
            long failed,
            int deletions,
            Set<Integer> each,
            long graves,
            int errors) {}

    @BeforeEach
    void start() throws IOException {
        upstream = FixtureRegistry.start();
        cloud = LocalCloud.start(Options.temporary(RealStacks.synthesize(folder, upstream.url(), SECTIONS)));
        table = new CacheTable(cloud.endpoint()).table();
        cloud.events().tap(calls);
    }

    @AfterEach
    void stop() throws IOException {
        if (cloud != null) {
            cloud.close();
        }
        upstream.close();
    }

    @Test
    void aSweepThatEcrThrottlesEndsAsOneThatItDoesNot() throws Exception {
        pull("free");
        // the first sweep that deletes is limited to a tenth
        advance(TO_THE_NEXT);
        advance(TO_THE_NEXT);
        Outcome free = outcome("free", 0);
        assertEquals(Map.of(), calls.refused());
        assertEquals(REPOSITORIES, free.graves(), free::toString);
        assertEquals(Set.of(1), free.each(), free::toString);
        assertEquals(0, free.failed());
        assertEquals(0, free.errors(), free::toString);

        int before = runs().size();
        pull("few");
        cloud.ecr().setRates(FEW);
        advance(TO_THE_NEXT);
        cloud.ecr().resetRates();
        Map<String, Integer> refused = calls.refused();
        assertTrue(refused.containsKey("DescribeImages"), refused::toString);
        assertEquals(free, outcome("few", before), refused::toString);
    }

    private Outcome outcome(String name, int before) {
        List<Run> since = runs().subList(0, runs().size() - before);
        Map<String, Integer> deleted = calls.deleted();
        return new Outcome(
                since.stream().map(Run::phase).collect(Collectors.toSet()),
                counted(since, RunLine.Outcome.EVICTED),
                counted(since, RunLine.Outcome.FAILED),
                deleted.size(),
                Set.copyOf(deleted.values()),
                IntStream.range(0, REPOSITORIES)
                        .mapToObj(i -> ImageReference.parse(repository(name, i) + ":1"))
                        .filter(image -> new DynamoDbTombstones(table)
                                .get(image.repository(), "1")
                                .isPresent())
                        .count(),
                cloud.functions().all().stream()
                        .mapToInt(function -> function.errors())
                        .sum());
    }

    private static long counted(List<Run> runs, RunLine.Outcome outcome) {
        return runs.stream()
                .mapToLong(run -> run.counts().getOrDefault(outcome.text(), 0L))
                .sum();
    }

    /** The latest first. */
    private List<Run> runs() {
        return new DynamoDbRuns(table).all().toList();
    }

    private static String repository(String name, int number) {
        return "mirror/" + name + "/app" + number;
    }

    private void pull(String name) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (int i = 0; i < REPOSITORIES; i++) {
                upstream.publish(name + "/app" + i, "1", FixtureImage.small(i));
                HttpResponse<String> answer = http.send(
                        HttpRequest.newBuilder(cloud.registry().resolve("/v2/" + repository(name, i) + "/manifests/1"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                assertEquals(200, answer.statusCode(), answer::body);
            }
        }
        assertTrue(cloud.awaitQuiet(REST));
    }

    private void advance(Duration time) throws IOException {
        cloud.advance(time);
        assertTrue(cloud.awaitQuiet(REST));
    }
}
