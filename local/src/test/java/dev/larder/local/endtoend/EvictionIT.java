package dev.larder.local.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.functions.lifecycle.DynamoDbRuns;
import dev.larder.functions.lifecycle.DynamoDbTombstones;
import dev.larder.functions.lifecycle.Run;
import dev.larder.functions.lifecycle.RunLine;
import dev.larder.functions.lifecycle.Runs;
import dev.larder.functions.lifecycle.Tombstone;
import dev.larder.functions.sweep.Pieces;
import dev.larder.local.cloud.RealStacks;
import dev.larder.local.fixture.FixtureImage;
import dev.larder.local.fixture.FixtureRegistry;
import dev.larder.local.programs.NeedsPrograms;
import dev.larder.local.programs.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sweeps that delete, over images that skopeo pulls. The first enforced sweep after a deploy takes a tenth; the second is the
 * one that is disturbed.
 */
@NeedsPrograms({"setsid", "skopeo"})
class EvictionIT {
    private static final int IMAGES = 20;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** A day without pulls is enough, which is the least. */
    private static final String SECTIONS = """
            warm: { schedule: rate(7 days), popular: { top: 0 } }
            lifecycle:
              enforce: true
              evict:
                notPulledFor: 1d
                keepNewest: 0
                limits: { repositoryPercent: 100, cellPercent: 100 }
            """;

    /** Pieces go by name. */
    private static final String LAST = repository(9);

    @TempDir
    Path folder;

    private final Map<String, Digest> images = new HashMap<>();
    private final Map<String, Digest> signatures = new HashMap<>();

    @Test
    void whatIsPulledBetweenItsSelectionAndItsDeletionSurvivesAndTheRestGoes() throws Exception {
        try (FixtureRegistry upstream = published()) {
            Path assembly = RealStacks.synthesize(folder, upstream.url(), SECTIONS);
            try (CloudService cloud = CloudService.start(folder, assembly, "one.log")) {
                pullAll(cloud);
                sweep(cloud, Duration.ofDays(2));
                CompletableFuture<Void> sweeping = CompletableFuture.runAsync(() -> sweep(cloud, Duration.ofDays(1)));
                Run selected = pullLast(cloud);
                sweeping.join();
                assertTrue(cloud.awaitQuiet());
                Run run = runs(cloud).last().orElseThrow();
                assertEquals(selected.id(), run.id());
                assertEquals(Run.Phase.DONE, run.phase(), run::toString);
                List<RunLine> lines = lines(cloud, run);
                assertEquals(1, lines.size(), "it was selected: " + lines);
                assertEquals(RunLine.Outcome.KEEP, lines.getFirst().outcome(), lines::toString);
                assertTrue(lines.getFirst().evidence().getFirst().startsWith("pulled at "), lines::toString);
                assertTrue(isCached(cloud, LAST), () -> "what was pulled is there: " + run);
                copy(cloud, LAST, "survivor");
                assertEquals(
                        1,
                        IntStream.range(0, IMAGES)
                                .filter(i -> isCached(cloud, repository(i)))
                                .count(),
                        run::toString);
            }
        }
    }

    /** Once images are selected ECR hardly answers, so that the last piece has not begun when its image is pulled. */
    private Run pullLast(CloudService cloud) throws Exception {
        Run run = evicting(cloud, any -> true);
        cloud.rate("DescribeImages", 0.1);
        assertEquals(List.of(), lines(cloud, run), "nobody has dealt with it yet");
        int before = pulls(cloud);
        copy(cloud, LAST, "pulled");
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (pulls(cloud) == before) {
            assertTrue(System.nanoTime() < end, "the pull is not recorded");
            Thread.sleep(100);
        }
        assertEquals(List.of(), lines(cloud, run), "it was pulled before anybody dealt with it");
        cloud.resetRates();
        return run;
    }

    private static int pulls(CloudService cloud) {
        return cloud.table().pulls(LAST + ":1").values().stream()
                .mapToInt(count -> count)
                .sum();
    }

    private static List<RunLine> lines(CloudService cloud, Run run) {
        return runs(cloud)
                .lines(run.id(), ImageReference.parse(LAST + ":1").repository())
                .toList();
    }

    /** The first sweep that has all of its limits, when it has selected. */
    private static Run evicting(CloudService cloud, Predicate<Run> far) throws InterruptedException {
        Runs runs = runs(cloud);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Optional<Run> run = runs.last()
                    .filter(last -> last.phase() == Run.Phase.EVICTING && !last.reduced())
                    .filter(far);
            if (run.isPresent()) {
                return run.get();
            }
            assertTrue(
                    System.nanoTime() < end,
                    () -> "no second sweep: " + runs.all().toList());
            Thread.sleep(20);
        }
    }

    @Test
    void aKillInTheMiddleIsFinishedAndUndoBringsBackWhatWent() throws Exception {
        try (FixtureRegistry upstream = published()) {
            Path assembly = RealStacks.synthesize(folder, upstream.url(), SECTIONS);
            killInTheMiddle(assembly);
            try (CloudService cloud = CloudService.start(folder, assembly, "two.log")) {
                Run killed = runs(cloud).last().orElseThrow();
                assertEquals(Run.Phase.EVICTING, killed.phase(), killed::toString);
                // what a worker held when it died is not given to another before its time is up
                advance(cloud, Duration.ofHours(3));
                Run finished = runs(cloud).last().orElseThrow();
                assertEquals(killed.id(), finished.id());
                assertEquals(Run.Phase.DONE, finished.phase(), finished::toString);
                assertEquals(
                        0,
                        IntStream.range(0, IMAGES)
                                .filter(i -> isCached(cloud, repository(i)))
                                .count());
                assertEquals(IMAGES, graves(cloud).size(), "each image has one tombstone by its tag");
                undo(cloud, finished);
            }
        }
    }

    private void killInTheMiddle(Path assembly) throws Exception {
        try (CloudService cloud = CloudService.start(folder, assembly, "one.log")) {
            pullAll(cloud);
            sweep(cloud, Duration.ofDays(2));
            Thread.ofVirtual().start(() -> {
                try {
                    advance(cloud, Duration.ofDays(1));
                } catch (IllegalStateException killed) {
                    // the kill breaks the call off
                }
            });
            Pieces pieces = new Pieces(cloud.table().table());
            evicting(cloud, run -> pieces.countDone(run.id(), Pieces.Kind.EVICT) > 2);
            cloud.service().kill();
        }
    }

    private void undo(CloudService cloud, Run run) throws Exception {
        Tombstone grave = graves(cloud).stream()
                .filter(each -> each.run().equals(run.id()))
                .findFirst()
                .orElseThrow();
        String image = grave.repository() + ":1";
        try (FrontDoor door = FrontDoor.in(folder)) {
            FrontDoor.Outcome undone =
                    door.operate(cloud, "undo", "--run", run.id(), "--config=" + folder.resolve("larder.yaml"));
            assertEquals(0, undone.exit(), undone.output());
            assertTrue(undone.output().contains("ordered " + image), undone.output());
        }
        assertTrue(cloud.awaitQuiet());
        assertTrue(isCached(cloud, grave.repository().value()));
        copy(cloud, grave.repository().value(), "undone");
        String there = cloud.ecr("DescribeImages", "{\"repositoryName\":\"" + grave.repository() + "\"}");
        assertTrue(there.contains(signatures.get(grave.repository().value()).value()), () -> "its signature: " + there);
    }

    private FixtureRegistry published() throws IOException {
        FixtureRegistry upstream = FixtureRegistry.start();
        for (int i = 0; i < IMAGES; i++) {
            Digest image = upstream.publish("team/app" + i, "1", FixtureImage.small(i));
            images.put(repository(i), image);
            signatures.put(repository(i), upstream.sign("team/app" + i, image));
        }
        return upstream;
    }

    private static String repository(int number) {
        return "mirror/team/app" + number;
    }

    /**
     * With their signatures, which come when somebody asks for them. An hour after the schedule began: a day later they are
     * not old enough, two days later they are.
     */
    private void pullAll(CloudService cloud) throws IOException, InterruptedException {
        advance(cloud, Duration.ofHours(1));
        for (int i = 0; i < IMAGES; i++) {
            assertEquals(200, cloud.manifest(repository(i), "1").statusCode());
            String referrers = cloud.ecr(
                    "ListImageReferrers",
                    "{\"repositoryName\":\"" + repository(i) + "\",\"subjectId\":{\"imageDigest\":\""
                            + images.get(repository(i)) + "\"}}");
            assertTrue(referrers.contains(signatures.get(repository(i)).value()), referrers);
        }
        assertTrue(cloud.awaitQuiet());
    }

    private static void sweep(CloudService cloud, Duration time) {
        advance(cloud, time);
        try {
            assertTrue(cloud.awaitQuiet());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void advance(CloudService cloud, Duration time) {
        try {
            cloud.advance(time);
            assertTrue(cloud.awaitQuiet());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Runs runs(CloudService cloud) {
        return new DynamoDbRuns(cloud.table().table());
    }

    private static List<Tombstone> graves(CloudService cloud) {
        DynamoDbTombstones tombstones = new DynamoDbTombstones(cloud.table().table());
        List<Tombstone> graves = new ArrayList<>();
        for (int i = 0; i < IMAGES; i++) {
            tombstones
                    .get(ImageReference.parse(repository(i) + ":1").repository(), "1")
                    .ifPresent(graves::add);
        }
        return graves;
    }

    private static boolean isCached(CloudService cloud, String repository) {
        try {
            String images = cloud.ecr("DescribeImages", "{\"repositoryName\":\"" + repository + "\"}");
            return images.contains("\"imageDigest\"");
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void copy(CloudService cloud, String repository, String name) throws IOException, InterruptedException {
        Program.succeed(
                "skopeo",
                "--insecure-policy",
                "copy",
                "--all",
                "--src-tls-verify=false",
                "docker://" + cloud.registry().getAuthority() + "/" + repository + ":1",
                "oci:" + folder.resolve(name) + ":1");
    }
}
