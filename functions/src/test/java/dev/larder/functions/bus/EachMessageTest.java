package dev.larder.functions.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.events.Event;
import dev.larder.events.LifecycleWork;
import dev.larder.events.WarmOrder;
import dev.larder.functions.Messages;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EachMessageTest {
    private final List<String> lines = new ArrayList<>();
    private final EachMessage each =
            new EachMessage(new Metrics("Some", lines::add), () -> Instant.parse("2026-11-24T12:00:00Z"));

    @Test
    void onlyWhatFailedComesAgainAndEveryMessageIsCounted() {
        var answer = each.of(
                Messages.files(
                        "malformed/lifecycle-do.json",
                        "larder/lifecycle-plan.json",
                        "larder/warm-order-pinned.json",
                        "scheduler/sweep-lifecycle.json"),
                EachMessageTest::handled);
        assertEquals(List.of("0", "1", "2"), Messages.failed(answer));
        assertEquals(1, lines.size());
        assertTrue(
                lines.getFirst().endsWith("\"Function\":\"Some\",\"Failed\":3,\"Handled\":1,\"Received\":4}"),
                lines::toString);
    }

    @Test
    void theNextBatchIsCountedFromNothing() {
        each.of(Messages.files("scheduler/sweep-lifecycle.json"), EachMessageTest::handled);
        each.of(Messages.files("scheduler/sweep-lifecycle.json"), EachMessageTest::handled);
        assertEquals(lines.getFirst(), lines.getLast());
    }

    private static boolean handled(Event event) {
        return switch (event) {
            case LifecycleWork piece -> throw new IllegalStateException("the table is away: " + piece.run());
            case WarmOrder order -> false;
            default -> true;
        };
    }
}
