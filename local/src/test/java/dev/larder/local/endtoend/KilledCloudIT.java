package dev.larder.local.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.events.image.Digest;
import dev.larder.events.image.Platform;
import dev.larder.local.cloud.RealStacks;
import dev.larder.local.fixture.Fault;
import dev.larder.local.fixture.FixtureImage;
import dev.larder.local.fixture.FixtureRegistry;
import dev.larder.local.programs.NeedsPrograms;
import dev.larder.local.programs.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} while an image is on its way in, and a new cloud over what is left on the disk. */
@NeedsPrograms({"setsid", "skopeo"})
class KilledCloudIT {
    private static final FixtureImage IMAGE = new FixtureImage(
            List.of(Platform.parse("linux/amd64"), Platform.parse("linux/arm64")), 9, 3, 400_000, false);
    private static final String REPOSITORY = "mirror/team/app";
    /** How many of the eight blobs come whole before the kill. */
    private static final int WHOLE = 3;

    @TempDir
    Path folder;

    @Test
    void aKillInTheMiddleOfAnImportLeavesNoHalfImageAndTheNextPullBringsItWhole() throws Exception {
        try (FixtureRegistry upstream = FixtureRegistry.start()) {
            Digest index = upstream.publish("team/app", "1", IMAGE);
            Path assembly = RealStacks.synthesize(folder, upstream.url());

            killInTheMiddle(upstream, assembly);

            try (CloudService cloud = CloudService.start(folder, assembly, "second.log")) {
                upstream.switchOff();
                assertNothingOf(index, cloud);
                // calls within seconds of each other would count as one pull
                cloud.advance(Duration.ofMinutes(1));
                upstream.switchOn();
                upstream.heal();
                assertWhole(index, cloud);
                assertTrue(cloud.awaitQuiet());
                assertEquals(1, cloud.table().cold(REPOSITORY + ":1"));
            }
        }
    }

    /** Some blobs come whole, the others stop half way; then the kill. */
    private void killInTheMiddle(FixtureRegistry upstream, Path assembly) throws Exception {
        AtomicInteger blobs = new AtomicInteger();
        upstream.faults(request -> request.isBlob() && blobs.incrementAndGet() > WHOLE
                ? Optional.of(new Fault.Stall(Duration.ofMinutes(5)))
                : Optional.empty());
        try (CloudService cloud = CloudService.start(folder, assembly, "first.log")) {
            Thread.ofVirtual().start(() -> {
                try {
                    cloud.manifest(REPOSITORY, "1");
                } catch (IOException | InterruptedException e) {
                    // the kill breaks the pull off
                }
            });
            long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            // with those that come whole in their place, whatever is on its way in is one that stopped
            while (halfBlobs() == 0 || wholeBlobs() < WHOLE) {
                assertTrue(System.nanoTime() < end, () -> "the import did not begin: " + upstream.requests());
                Thread.sleep(20);
            }
            cloud.service().kill();
        }
        assertTrue(halfBlobs() > 0, "the kill came in the middle");
    }

    private void assertNothingOf(Digest index, CloudService cloud) throws Exception {
        assertEquals(0, halfBlobs(), "what was half is thrown away");
        String images = cloud.ecr("DescribeImages", "{\"repositoryName\":\"" + REPOSITORY + "\"}");
        assertTrue(images.contains("RepositoryNotFoundException") || images.contains("\"imageDetails\":[]"), images);
        assertEquals(503, cloud.manifest(REPOSITORY, "1").statusCode(), "as the upstream is down");
        assertEquals(404, cloud.manifest(REPOSITORY, index.value()).statusCode());
        assertTrue(cloud.awaitQuiet());
        // CloudTrail does not tell a failed BatchGetImage, so its time may be noted: but no import
        assertFalse(cloud.table().hasImport(REPOSITORY));
    }

    /** skopeo compares every byte with its digest. */
    private void assertWhole(Digest index, CloudService cloud) throws Exception {
        Program.succeed(
                "skopeo",
                "--insecure-policy",
                "copy",
                "--all",
                "--src-tls-verify=false",
                "docker://" + cloud.registry().getAuthority() + "/" + REPOSITORY + ":1",
                "oci:" + folder.resolve("whole") + ":1");
        assertTrue(Files.exists(folder.resolve("whole/blobs/sha256").resolve(index.hex())));
        String images = cloud.ecr("DescribeImages", "{\"repositoryName\":\"" + REPOSITORY + "\"}");
        assertEquals(3, images.split("\"imageDigest\"", -1).length - 1, images);
    }

    private long halfBlobs() throws IOException {
        return files(folder.resolve("data/ecr/blobs/incoming"));
    }

    private long wholeBlobs() throws IOException {
        return files(folder.resolve("data/ecr/blobs/sha256"));
    }

    private static long files(Path under) throws IOException {
        try (Stream<Path> walk = Files.walk(under)) {
            return walk.filter(Files::isRegularFile).count();
        }
    }
}
