package dev.larder.functions.warm;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** {@link TagsOff} in a map, held to the same contract test as the table's. */
public final class InMemoryTagsOff implements TagsOff {
    private final Map<String, Off> noted = new HashMap<>();

    @Override
    public void note(String orderId, Off off, Instant now) {
        noted.put(orderId, off);
    }

    @Override
    public Optional<Off> of(String orderId) {
        return Optional.ofNullable(noted.get(orderId));
    }

    @Override
    public void forget(String orderId) {
        noted.remove(orderId);
    }
}
