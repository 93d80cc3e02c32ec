package dev.larder.local.ecr.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.events.image.Digest;
import dev.larder.local.ecr.BlobMismatchException;
import dev.larder.local.oci.Manifest;
import dev.larder.local.oci.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class EcrRegistryTest {
    private static final Instant AT = Instant.parse("2026-11-24T10:00:00Z");

    @TempDir
    Path data;

    @Test
    void whatWasCommittedIsThereAfterReopening() throws Exception {
        Manifest image;
        try (EcrRegistry registry = Pushes.open(data)) {
            registry.createFromTemplate("hub/app");
            image = Pushes.push(registry, "hub/app", 1);
        }
        try (EcrRegistry registry = Pushes.open(data)) {
            assertEquals(
                    image.digest(), registry.tag("hub/app", "t1").orElseThrow().digest());
            assertEquals(image, registry.manifest("hub/app", image.digest()).orElseThrow());
            assertTrue(registry.blobs().has(image.blobs().getFirst().digest()));
        }
    }

    @Test
    void anotherUserOfTheFolderIsToldSo() throws Exception {
        EcrRegistry first = Pushes.open(data);
        try {
            IOException refusal = assertThrows(IOException.class, () -> Pushes.open(data));
            assertTrue(refusal.getMessage().contains("another process uses it"), refusal.getMessage());
            assertTrue(refusal.getMessage().contains(data.toString()), refusal.getMessage());
        } finally {
            first.close();
        }
    }

    @Test
    void aChangeThatThrowsLeavesNothing() throws Exception {
        try (EcrRegistry registry = Pushes.open(data)) {
            registry.createFromTemplate("app");
            assertThrows(
                    IllegalStateException.class,
                    () -> registry.change(() -> {
                        registry.repositories().remove("app");
                        throw new IllegalStateException("no");
                    }));
            assertTrue(registry.repositoryExists("app"));
        }
        try (EcrRegistry registry = Pushes.open(data)) {
            assertTrue(registry.repositoryExists("app"));
        }
    }

    @Test
    void anImageWhoseBlobIsMissingIsNotCommitted() throws Exception {
        try (EcrRegistry registry = Pushes.open(data)) {
            registry.createFromTemplate("app");
            Manifest image = Pushes.manifest(Sha256.of(new byte[] {1}), 1);
            assertThrows(
                    IllegalStateException.class, () -> registry.commit("app", List.of(image), Optional.of("1"), AT));
            assertTrue(registry.tag("app", "1").isEmpty());
        }
    }

    @Test
    void aBlobWithTheWrongDigestOrSizeLeavesNothingBehind() throws Exception {
        byte[] bytes = "content".getBytes(StandardCharsets.UTF_8);
        Digest other = Sha256.of(new byte[] {1});
        try (EcrRegistry registry = Pushes.open(data)) {
            assertThrows(BlobMismatchException.class, () -> registry.blobs().write(other, -1, in(bytes)));
            assertThrows(BlobMismatchException.class, () -> registry.blobs().write(Sha256.of(bytes), 6, in(bytes)));
            assertThrows(BlobMismatchException.class, () -> registry.blobs().write(Sha256.of(bytes), 8, in(bytes)));
            assertFalse(registry.blobs().has(other));
            assertFalse(registry.blobs().has(Sha256.of(bytes)));
        }
        try (Stream<Path> files = Files.walk(data.resolve("blobs"))) {
            assertEquals(List.of(), files.filter(Files::isRegularFile).toList());
        }
    }

    @Test
    void blobsThatNoImageHasAreGoneAfterReopening() throws Exception {
        Manifest kept;
        Manifest gone;
        try (EcrRegistry registry = Pushes.open(data)) {
            registry.createFromTemplate("app");
            kept = Pushes.push(registry, "app", 1);
            gone = Pushes.push(registry, "app", 2);
            registry.images().remove("app", gone.digest());
            registry.deleteUnusedBlobs();
            assertTrue(registry.blobs().has(gone.blobs().getFirst().digest()), "just asked for: leased");
        }
        try (EcrRegistry registry = Pushes.open(data)) {
            assertFalse(registry.blobs().has(gone.blobs().getFirst().digest()));
            assertTrue(registry.blobs().has(kept.blobs().getFirst().digest()));
        }
    }

    @Test
    @Timeout(120)
    void aKilledProcessLeavesEveryAcknowledgedImageWholeAndNoHalfOne() throws Exception {
        for (int round = 0; round < 3; round++) {
            Process child = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Pushes.class.getName(),
                            data.toString(),
                            String.valueOf(round * 100_000))
                    .redirectErrorStream(true)
                    .start();
            int acknowledged = 0;
            try (var lines = child.inputReader()) {
                String line = lines.readLine();
                while (line != null && acknowledged < 40 + 30 * round) {
                    acknowledged = Integer.parseInt(line) - round * 100_000;
                    line = lines.readLine();
                }
                child.destroyForcibly();
            }
            assertTrue(child.waitFor(30, TimeUnit.SECONDS));
            assertTrue(acknowledged > 0);
            try (EcrRegistry registry = Pushes.open(data)) {
                for (int i = 1; i <= acknowledged; i++) {
                    String tag = "t" + (round * 100_000 + i);
                    Digest digest = registry.tag("app", tag).orElseThrow().digest();
                    Manifest whole = registry.manifest("app", digest).orElseThrow();
                    assertTrue(Contents.missing(registry, "app", whole).isEmpty());
                }
                for (Image image : registry.images()
                        .page("app", Optional.empty(), Integer.MAX_VALUE, any -> true)
                        .items()) {
                    Manifest whole = registry.manifest("app", image.digest()).orElseThrow();
                    assertTrue(Contents.missing(registry, "app", whole).isEmpty());
                    assertEquals(
                            1, registry.images().tagsOf("app", image.digest()).size());
                }
            }
        }
    }

    private static InputStream in(byte[] bytes) {
        return new ByteArrayInputStream(bytes);
    }
}
