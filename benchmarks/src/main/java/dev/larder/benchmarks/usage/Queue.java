package dev.larder.benchmarks.usage;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;

/**
 * Makes batches of messages as the function's event source mapping does: a batch is handed over when it is full, or when
 * its window is over. Lambda reads several batches of a queue at the same time, five when it starts, and two to five when
 * traffic is low (Lambda developer guide, "Configuring scaling behavior for SQS event source mappings"), so that each gets
 * a part of the messages only: which one is left to chance.
 */
public final class Queue {
    /** As {@code infra}'s UsageRecording sets it. */
    static final int BATCH = 500;

    /** As {@code infra}'s UsageRecording sets it. */
    static final Duration WINDOW = Duration.ofSeconds(5);

    private final Random random;
    private final BiConsumer<SQSEvent, Instant> handler;
    private final List<Batch> open = new ArrayList<>();

    /**
     * Takes who handles the batches.
     *
     * @param batches how many are filled at the same time
     */
    public Queue(int batches, Random random, BiConsumer<SQSEvent, Instant> handler) {
        this.random = random;
        this.handler = handler;
        for (int i = 0; i < batches; i++) {
            open.add(new Batch());
        }
    }

    private static final class Batch {
        private Instant ends = Instant.MAX;
        private final List<SQSMessage> messages = new ArrayList<>();
    }

    /** A message arrives; times never go back. */
    public void arrive(SQSMessage message, Instant now) {
        open.stream().filter(batch -> !now.isBefore(batch.ends)).forEach(batch -> hand(batch, batch.ends));
        Batch batch = open.get(random.nextInt(open.size()));
        if (batch.messages.isEmpty()) {
            batch.ends = now.plus(WINDOW);
        }
        batch.messages.add(message);
        if (batch.messages.size() == BATCH) {
            hand(batch, now);
        }
    }

    /** Hands over what is left. */
    public void drain() {
        open.stream().filter(batch -> !batch.messages.isEmpty()).forEach(batch -> hand(batch, batch.ends));
    }

    private void hand(Batch batch, Instant now) {
        SQSEvent event = new SQSEvent();
        event.setRecords(List.copyOf(batch.messages));
        batch.messages.clear();
        batch.ends = Instant.MAX;
        handler.accept(event, now);
    }
}
