package dev.larder.functions.lifecycle;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One sweep over the cache.
 *
 * @param id Scheduler's execution id: a retry is the same run
 * @param enforce false: nothing was deleted
 * @param counts how many images got each verdict, by {@link RunLine.Outcome#text}
 * @param bytes that were freed, or would have been
 * @param stopped why it stopped before its end; absent when it did not
 */
public record Run(
        String id, Instant startedAt, boolean enforce, Map<String, Long> counts, long bytes, Optional<String> stopped) {
    /** Copies the map. */
    public Run {
        counts = Map.copyOf(counts);
    }
}
