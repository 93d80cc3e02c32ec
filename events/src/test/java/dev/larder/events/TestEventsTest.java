package dev.larder.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.larder.testevents.TestEvents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class TestEventsTest {
    private static final Path FOLDER = Path.of("..", "test-events");

    @TestFactory
    Stream<DynamicTest> everyFileParsesToWhatTheTableSays() {
        return TestEvents.table().stream()
                .map(row -> DynamicTest.dynamicTest(
                        row.name(), () -> assertEquals(row.outcome(), Outcome.of(TestEvents.json(row.name())))));
    }

    @Test
    void theTableNamesEveryFileAndNoOther() throws IOException {
        try (Stream<Path> files =
                Files.find(FOLDER, 2, (path, attributes) -> path.toString().endsWith(".json"))) {
            List<String> found = files.map(
                            file -> FOLDER.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
            assertEquals(found, TestEvents.names().stream().sorted().toList());
        }
    }

    @Test
    void everyFileHasASource() {
        for (TestEvents.Row row : TestEvents.table()) {
            assertFalse(row.source().isBlank(), row.name());
        }
    }

    @Test
    void everyKindOfEventHasAFile() {
        TreeSet<String> seen = new TreeSet<>();
        TestEvents.table().forEach(row -> seen.add(row.outcome().split("[ :]", 2)[0]));
        assertEquals(
                new TreeSet<>(List.of(
                        "BatchDeleteImage",
                        "BatchGetImage",
                        "CreateRepository",
                        "EcrImageAction",
                        "GetDownloadUrlForLayer",
                        "ImageEvicted",
                        "ImageScan",
                        "ImageWarmFailed",
                        "ImageWarmed",
                        "ImagesPopular",
                        "InspectorScan",
                        "LifecycleWork.Evict",
                        "LifecycleWork.Plan",
                        "LifecycleWork.Reconcile",
                        "LifecycleWork.Select",
                        "PullThroughCacheAction.Failed",
                        "PullThroughCacheAction.Succeeded",
                        "PutLifecyclePolicy",
                        "ReferrerAction",
                        "ReplicationAction",
                        "RuleChecked",
                        "ScanResourceChange",
                        "ScheduledRun",
                        "WarmOrder",
                        "ignored",
                        "malformed")),
                seen);
    }
}
