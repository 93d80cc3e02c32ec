package dev.larder.functions.bus;

import dev.larder.events.OwnEvent;
import java.util.ArrayList;
import java.util.List;

/** {@link EventBus} that remembers. */
public final class RecordingBus implements EventBus {
    /** Runs before anything is published. */
    public Runnable beforePublish = () -> {};

    private final List<OwnEvent> events = new ArrayList<>();

    @Override
    public void publish(List<? extends OwnEvent> published) {
        beforePublish.run();
        events.addAll(published);
    }

    /** All that was published. */
    public List<OwnEvent> events() {
        return List.copyOf(events);
    }
}
