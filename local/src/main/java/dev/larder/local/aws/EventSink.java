package dev.larder.local.aws;

/** Where services put the events that they emit: the account's default event bus. */
@FunctionalInterface
public interface EventSink {
    /** @param event one whole EventBridge event as JSON, in the shape that rules and targets see */
    void put(String event);
}
