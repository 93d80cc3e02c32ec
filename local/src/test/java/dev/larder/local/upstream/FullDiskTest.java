package dev.larder.local.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.events.image.Digest;
import dev.larder.events.image.Platform;
import dev.larder.local.aws.AwsException;
import dev.larder.local.ecr.CacheRule;
import dev.larder.local.ecr.state.EcrRegistry;
import dev.larder.local.ecr.state.Rule;
import dev.larder.local.fixture.FixtureImage;
import dev.larder.local.fixture.FixtureRegistry;
import dev.larder.local.oci.Manifest;
import dev.larder.local.programs.SmallDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The data folder on a disk that is really full. */
class FullDiskTest {
    private static final String APP = "mirror/team/app";
    private static final FixtureImage LARGE =
            new FixtureImage(List.of(Platform.parse("linux/amd64")), 2, 2, 600_000, false);

    private final FixtureRegistry upstream = FixtureRegistry.start();
    private final RecordedEvents events = new RecordedEvents();
    private final MovableClock clock = new MovableClock();
    private SmallDisk disk;
    private EcrRegistry registry;
    private PullThrough images;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        disk = SmallDisk.mount(folder.resolve("disk"), 4);
        reopen();
        CacheRule rule = new CacheRule("mirror", Optional.empty(), upstream.url(), CacheRule.ROOT, Optional.empty());
        registry.settings().put(new Rule(rule, Optional.empty(), clock.instant(), clock.instant()));
        upstream.publish("team/app", "1", FixtureImage.small(1));
        images.get(APP, "1");
        events.lines.clear();
    }

    @AfterEach
    void close() throws Exception {
        upstream.close();
        if (disk != null) {
            registry.close();
            disk.unmount();
        }
    }

    @Test
    void anImportThatDoesNotFitFailsWholeAndSucceedsOnceThereIsRoom() throws Exception {
        upstream.publish("team/app", "2", LARGE);
        upstream.publish("team/other", "2", LARGE);
        disk.fill(200_000);

        AwsException failure = assertThrows(AwsException.class, () -> images.get(APP, "2"));
        assertThrows(AwsException.class, () -> images.get("mirror/team/other", "2"));

        assertEquals(500, failure.status());
        assertTrue(failure.message().contains("No space left on device"), failure.message());
        assertTrue(failure.message().contains(disk.folder().toString()), failure.message());
        assertTrue(failure.message().contains("pull again"), failure.message());
        assertTrue(registry.tag(APP, "2").isEmpty());
        assertTrue(!registry.repositoryExists("mirror/team/other"));
        assertEquals(List.of(), incoming());
        assertEquals(List.of(), events.lines);
        assertTrue(images.get(APP, "1").isIndex());

        disk.free();
        Manifest imported = images.get(APP, "2");
        registry.close();
        reopen();
        assertEquals(imported, registry.manifest(APP, imported.digest()).orElseThrow());
        assertEquals(imported.digest(), registry.tag(APP, "2").orElseThrow().digest());
    }

    @Test
    void aCachedImageIsServedThoughItsSuccessorDoesNotFit() throws Exception {
        Manifest old = images.get(APP, "1");
        Digest moved = upstream.publish("team/app", "1", LARGE);
        clock.advance(Duration.ofDays(2));
        disk.fill(200_000);

        assertEquals(old, images.get(APP, "1"));

        disk.free();
        assertEquals(moved, images.get(APP, "1").digest());
    }

    @Test
    void recordsThatCannotBeWrittenAreRefusedAndThoseBeforeStay() throws Exception {
        disk.fill(0);

        UncheckedIOException refusal = assertThrows(UncheckedIOException.class, this::createManyRepositories);

        assertTrue(refusal.getMessage().contains("No space left on device"), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("free space"), refusal.getMessage());
        assertTrue(images.get(APP, "1").isIndex());
        long before = countRepositories();
        assertThrows(UncheckedIOException.class, this::createManyRepositories);
        assertEquals(before, countRepositories());

        disk.free();
        createManyRepositories();
        registry.close();
        reopen();
        assertEquals(1 + 200, countRepositories());
    }

    /** One change with more bytes than are left in the last block of the file. */
    private void createManyRepositories() {
        registry.change(() -> {
            for (int i = 0; i < 200; i++) {
                registry.createFromTemplate("team/repository-" + i);
            }
            return true;
        });
    }

    private int countRepositories() {
        return registry.repositories().page(Optional.empty(), 1000).items().size();
    }

    private void reopen() throws IOException {
        registry = EcrRegistry.open(disk.folder().resolve("ecr"), "111122223333", "eu-central-1", clock, events);
        images = new PullThrough(registry, events, arn -> Optional.empty(), clock);
    }

    private List<Path> incoming() throws IOException {
        try (Stream<Path> left = Files.list(disk.folder().resolve("ecr/blobs/incoming"))) {
            return left.toList();
        }
    }
}
