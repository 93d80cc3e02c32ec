package dev.larder.local.sqs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.larder.local.front.Json;
import java.time.Instant;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * When delayed messages become visible, so that a moved clock stops there: a message that is held back for a second must not
 * come minutes late because the clock took a long step.
 */
final class Delays {
    private static final String DELAY = "DelaySeconds";

    private final NavigableSet<Instant> ends = new ConcurrentSkipListSet<>();

    /**
     * Takes in what was sent.
     *
     * @param body of SendMessage or SendMessageBatch, in SQS's JSON protocol
     * @param now by the cloud's clock, when it was answered
     */
    void sent(String action, String body, Instant now) {
        if (action.startsWith("SendMessage") && body.contains(DELAY)) {
            JsonNode request = Json.read(body);
            delayed(request, now);
            request.path("Entries").forEach(entry -> delayed(entry, now));
        }
    }

    private void delayed(JsonNode message, Instant now) {
        int seconds = message.path(DELAY).asInt();
        if (seconds > 0) {
            ends.add(now.plusSeconds(seconds));
        }
    }

    /** The next end of a delay; those that are over are forgotten. */
    Optional<Instant> next(Instant now) {
        ends.headSet(now, true).clear();
        return ends.isEmpty() ? Optional.empty() : Optional.of(ends.first());
    }
}
