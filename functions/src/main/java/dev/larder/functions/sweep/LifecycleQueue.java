package dev.larder.functions.sweep;

import dev.larder.events.LifecycleWork;
import java.time.Duration;
import java.util.List;

/** The queue of the pieces of a sweep. */
@FunctionalInterface
public interface LifecycleQueue {
    /**
     * Sends the pieces, at once.
     *
     * @throws IllegalStateException when the queue refuses one, with its reason; the others may be there
     */
    default void send(List<? extends LifecycleWork> work) {
        send(work, Duration.ZERO);
    }

    /**
     * Sends the pieces, to be carried out after a while.
     *
     * @param delay in whole seconds, a quarter of an hour at most, as SQS holds no message back for longer
     * @throws IllegalStateException when the queue refuses one, with its reason; the others may be there
     */
    void send(List<? extends LifecycleWork> work, Duration delay);
}
