package dev.larder.functions.bus;

import dev.larder.events.OwnEvent;
import java.util.List;

/** Tells others what Larder did. */
public interface EventBus {
    /**
     * Puts the events on the bus. Some of them may be there twice after a failure and another try.
     *
     * @throws IllegalStateException when the bus refuses one, with its reason
     */
    void publish(List<? extends OwnEvent> events);
}
