package dev.larder.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.cli.InUsePutCommand.Reported;
import dev.larder.config.InvalidConfigException;
import dev.larder.events.image.ImageReference;
import dev.larder.functions.inuse.ReportedList;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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

    private static Reported put(RecordedCell cell, String text) {
        return InUsePutCommand.put(cell.operated, "prod-eks", WEEK, false, "-", text);
    }

    @Test
    void aListIsPutShownAndRemoved() throws IOException, InvalidConfigException {
        try (RecordedCell cell = new RecordedCell(folder)) {
            Reported reported = put(cell, IMAGE + "nginx\n");
            assertEquals(
                    "prod-eks uses 1 images of this registry; 0 names of the list are an upstream's, 1 another"
                            + " registry's; believed until 2026-12-01T10:20:00Z",
                    reported.told());
            assertEquals(1, reported.fields().get("elsewhere"));
            ReportedList list = reported.list();
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
                            "cluster",
                            "prod-eks",
                            "listedAt",
                            "2026-11-24T10:20:00Z",
                            "freshUntil",
                            "2026-12-01T10:20:00Z",
                            "images",
                            1,
                            "stale",
                            false,
                            "ahead",
                            false),
                    InUseListCommand.fields(list, RecordedCell.NOW));
            InUseRemoveCommand.remove(cell.operated.reportedLists(), "prod-eks");
            assertEquals(List.of(), cell.operated.reportedLists().all());
        }
    }

    @Test
    void aListOfAClockThatIsAheadIsShownAsSuchAndReplaced() throws IOException, InvalidConfigException {
        try (RecordedCell cell = new RecordedCell(folder)) {
            Instant ahead = RecordedCell.NOW.plus(Duration.ofDays(40));
            ReportedList early = new ReportedList("prod-eks", ahead, ahead.plus(WEEK.time()), 0);
            cell.operated.reportedLists().put(early, List.of());
            String shown =
                    InUseListCommand.table(List.of(early), RecordedCell.NOW).toString();
            assertTrue(shown.contains("dated in the future: nothing is evicted"), shown);
            ReportedList list = put(cell, IMAGE).list();
            assertEquals(List.of(list), cell.operated.reportedLists().all());
        }
    }

    @Test
    void aListThatIsNotThereIsNamedBesideThoseThatAre() throws IOException, InvalidConfigException {
        try (RecordedCell cell = new RecordedCell(folder)) {
            put(cell, IMAGE);
            IllegalArgumentException e = assertThrows(
                    IllegalArgumentException.class,
                    () -> InUseRemoveCommand.remove(cell.operated.reportedLists(), "prod"));
            assertEquals("there is no list of 'prod'; there are lists of [prod-eks]", e.getMessage());
        }
    }

    @Test
    void aListWithAFaultLeavesTheLastOneAsItIs() throws IOException, InvalidConfigException {
        try (RecordedCell cell = new RecordedCell(folder)) {
            ReportedList list = put(cell, IMAGE).list();
            IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> put(cell, "not an image"));
            assertTrue(String.valueOf(e.getMessage()).startsWith("standard input, line 1: found 'not an image'"));
            assertEquals(List.of(list), cell.operated.reportedLists().all());
        }
    }

    @Test
    void whatAClusterPullsThroughAMirrorIsInUseUnderThePrefix() throws IOException, InvalidConfigException {
        try (RecordedCell cell = new RecordedCell(folder)) {
            assertEquals(1, put(cell, "quay.io/a/b:1\nghcr.io/c/d:1\n").fields().get("byUpstream"));
            assertEquals(
                    Optional.of(List.of(ImageReference.parse("quay/a/b:1"))),
                    cell.operated.reportedLists().images("prod-eks"));
        }
    }

    @Test
    void aListOfOtherRegistriesAloneIsTakenOnlyWhenThatIsSaid() throws IOException, InvalidConfigException {
        try (RecordedCell cell = new RecordedCell(folder)) {
            String text = "nginx\nghcr.io/c/d:1\n";
            IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> put(cell, text));
            assertEquals(
                    "standard input names 2 images, and none is of this registry or of an upstream of the file"
                            + " (quay.io), so nothing would be kept for it; where that is right, say so: --allow-none",
                    e.getMessage());
            assertEquals(List.of(), cell.operated.reportedLists().all());
            assertEquals(
                    0,
                    InUsePutCommand.put(cell.operated, "prod-eks", WEEK, true, "-", text)
                            .list()
                            .images());
            assertEquals(Optional.of(List.of()), cell.operated.reportedLists().images("prod-eks"));
        }
    }
}
