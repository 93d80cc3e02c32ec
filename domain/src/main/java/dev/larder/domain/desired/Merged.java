package dev.larder.domain.desired;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A policy as it should be: what people made, and beside it what Larder owns.
 *
 * @param document as parsed JSON; empty when no policy should be left
 * @param drifts what differs from the one that was found. An {@link Drift.Open} among them says that the document is
 *     another one
 */
public record Merged(Map<String, Object> document, List<Drift> drifts) {
    /** Copies both; the document keeps its order. */
    public Merged {
        document = Collections.unmodifiableMap(new LinkedHashMap<>(document));
        drifts = List.copyOf(drifts);
    }

    /** Whether the document differs from the one that was found. */
    public boolean changed() {
        return drifts.stream().anyMatch(Drift.Open.class::isInstance);
    }
}
