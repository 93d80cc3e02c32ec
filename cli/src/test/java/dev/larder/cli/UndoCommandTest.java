package dev.larder.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.events.WarmOrder;
import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import dev.larder.functions.bus.WarmOrders;
import dev.larder.functions.lifecycle.Run;
import dev.larder.functions.lifecycle.Tombstone;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UndoCommandTest {
    private static final RepositoryName WEB = new RepositoryName("quay/app/web");
    private static final Digest GONE = new Digest("sha256:" + "9".repeat(64));

    @Test
    void aRunWhoseLinesAreDroppedIsUndoneByItsTombstones(@TempDir Path folder) throws Exception {
        try (RecordedCell cell = new RecordedCell(folder)) {
            Instant at = RecordedCell.NOW.minus(Duration.ofDays(40));
            cell.ecr.image(WEB.value(), "a", null, "1");
            cell.operated.runs().begin(Run.begun("old", at, true, "1", "s1", false));
            cell.operated
                    .tombstones()
                    .put(List.of(new Tombstone(
                            WEB,
                            GONE,
                            List.of(new Tag("gone")),
                            List.of(),
                            OptionalLong.empty(),
                            at,
                            "not pulled",
                            List.of(),
                            "old")));
            Sent orders = new Sent();
            cell.operated.undo(orders).run("old");
            assertEquals(
                    List.of(WEB + "@" + GONE),
                    orders.sent.stream().map(order -> order.image().toString()).toList());
        }
    }

    @Test
    void whereThereIsNoTombstoneItSaysSoAndWhatToDo() {
        String text = UndoCommand.noRun("r1");
        assertTrue(text.startsWith("nothing to undo: no repository that is there has a tombstone of run r1 "), text);
        assertTrue(text.endsWith("./larder undo IMAGE brings back"), text);
    }

    private static final class Sent implements WarmOrders {
        private final List<WarmOrder> sent = new ArrayList<>();

        @Override
        public void send(List<WarmOrder> orders) {
            sent.addAll(orders);
        }

        @Override
        public void later(WarmOrder order, Duration delay) {
            throw new AssertionError("an operator's order is for now");
        }
    }
}
