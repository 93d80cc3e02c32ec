package dev.larder.events;

import java.util.function.Function;

/** Reads EventBridge's envelope. */
final class EnvelopeParser {
    private EnvelopeParser() {}

    static Envelope parse(JsonObject root) throws MalformedEventException {
        return new Envelope(
                root.text("id"),
                root.text("source"),
                root.text("detail-type"),
                root.text("account"),
                root.text("region"),
                root.instant("time"),
                root.values("resources", Function.identity()));
    }
}
