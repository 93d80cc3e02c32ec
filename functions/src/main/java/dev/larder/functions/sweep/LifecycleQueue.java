package dev.larder.functions.sweep;

import dev.larder.events.LifecycleWork;
import java.util.List;

/** The queue of the pieces of a sweep. */
@FunctionalInterface
public interface LifecycleQueue {
    /**
     * Sends the pieces.
     *
     * @throws IllegalStateException when the queue refuses one, with its reason; the others may be there
     */
    void send(List<? extends LifecycleWork> work);
}
