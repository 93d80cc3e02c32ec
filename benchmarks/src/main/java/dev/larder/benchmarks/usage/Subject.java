package dev.larder.benchmarks.usage;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import java.time.Instant;

/** A way of counting pulls that is measured. */
public interface Subject {
    /** What it is, in a few words. */
    String name();

    /**
     * Handles a batch.
     *
     * @throws IllegalStateException when a message of it failed
     */
    void handle(SQSEvent batch, Instant now);
}
