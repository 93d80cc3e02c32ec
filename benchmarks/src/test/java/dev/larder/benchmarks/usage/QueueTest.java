package dev.larder.benchmarks.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QueueTest {
    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

    private final List<String> handed = new ArrayList<>();
    private final Queue queue = new Queue(
            1,
            new Random(1),
            (batch, now) ->
                    handed.add(batch.getRecords().size() + " after " + (now.toEpochMilli() - NOW.toEpochMilli())));

    @Test
    void aBatchIsHandedOverWhenItIsFull() {
        for (int i = 0; i < 501; i++) {
            queue.arrive(new SQSMessage(), NOW.plusMillis(i));
        }
        assertEquals(List.of("500 after 499"), handed);
    }

    @Test
    void aBatchIsHandedOverWhenItsWindowIsOver() {
        queue.arrive(new SQSMessage(), NOW);
        queue.arrive(new SQSMessage(), NOW.plusMillis(4_999));
        queue.arrive(new SQSMessage(), NOW.plusMillis(7_000));
        queue.drain();
        assertEquals(List.of("2 after 5000", "1 after 12000"), handed);
    }
}
