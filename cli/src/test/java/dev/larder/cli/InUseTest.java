package dev.larder.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.config.InvalidConfigException;
import dev.larder.events.image.ImageReference;
import dev.larder.functions.inuse.ReportedList;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InUseTest {
    private static final ListTime WEEK = new ListTime(Duration.ofDays(7));
    private static final String IMAGE = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/quay/a/b:1\n";

    @TempDir
    Path folder;

    @Test
    void aListIsPutShownAndRemoved() throws IOException, InvalidConfigException {
        try (RecordedCell cell = new RecordedCell(folder)) {
            ReportedList list = InUsePutCommand.put(cell.operated, "prod-eks", WEEK, "-", IMAGE + "nginx\n");
            assertEquals(1, list.images());
            assertEquals(
                    Optional.of(List.of(ImageReference.parse("quay/a/b:1"))),
                    cell.operated.reportedLists().images("prod-eks"));
            List<ReportedList> all = cell.operated.reportedLists().all();
            assertEquals(List.of(list), all);
            String shown = InUseListCommand.table(all, RecordedCell.NOW).toString();
            assertTrue(
                    shown.contains("prod-eks  2026-11-24T10:20:00Z (0 s ago)  2026-12-01T10:20:00Z (in 7 d)"), shown);
            assertFalse(shown.contains("stale"), shown);
            assertTrue(InUseListCommand.table(all, RecordedCell.NOW.plus(WEEK.time()))
                    .toString()
                    .contains("stale: nothing is evicted"));
            assertEquals(
                    Map.of(
                            "cluster", "prod-eks",
                            "listedAt", "2026-11-24T10:20:00Z",
                            "freshUntil", "2026-12-01T10:20:00Z",
                            "images", 1,
                            "stale", false),
                    InUseListCommand.fields(list, RecordedCell.NOW));
            InUseRemoveCommand.remove(cell.operated.reportedLists(), "prod-eks");
            assertEquals(List.of(), cell.operated.reportedLists().all());
        }
    }

    @Test
    void aListThatIsNotThereIsNamedBesideThoseThatAre() throws IOException, InvalidConfigException {
        try (RecordedCell cell = new RecordedCell(folder)) {
            InUsePutCommand.put(cell.operated, "prod-eks", WEEK, "-", IMAGE);
            IllegalArgumentException e = assertThrows(
                    IllegalArgumentException.class,
                    () -> InUseRemoveCommand.remove(cell.operated.reportedLists(), "prod"));
            assertEquals("there is no list of 'prod'; there are lists of [prod-eks]", e.getMessage());
        }
    }

    @Test
    void aListWithAFaultLeavesTheLastOneAsItIs() throws IOException, InvalidConfigException {
        try (RecordedCell cell = new RecordedCell(folder)) {
            ReportedList list = InUsePutCommand.put(cell.operated, "prod-eks", WEEK, "-", IMAGE);
            IllegalArgumentException e = assertThrows(
                    IllegalArgumentException.class,
                    () -> InUsePutCommand.put(cell.operated, "prod-eks", WEEK, "-", "not an image"));
            assertTrue(String.valueOf(e.getMessage()).startsWith("standard input, line 1: found 'not an image'"));
            assertEquals(List.of(list), cell.operated.reportedLists().all());
        }
    }
}
