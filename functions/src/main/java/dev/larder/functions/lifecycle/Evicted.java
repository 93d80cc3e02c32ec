package dev.larder.functions.lifecycle;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What came of a piece.
 *
 * @param counts how many lines there are of each outcome
 * @param bytes that went, or would go
 * @param stopped why it ended early
 */
record Evicted(Map<String, Long> counts, long bytes, Optional<String> stopped) {
    static Evicted of(List<RunLine> lines, Optional<String> stopped) {
        Map<String, Long> counts = new TreeMap<>();
        long bytes = 0;
        for (RunLine line : lines) {
            counts.merge(
                    line.outcome() == RunLine.Outcome.KEEP
                            ? line.reason()
                            : line.outcome().text(),
                    1L,
                    Long::sum);
            bytes += switch (line.outcome()) {
                case EVICT, EVICTED -> line.sizeBytes().orElse(0);
                case KEEP, FAILED -> 0;
            };
        }
        return new Evicted(counts, bytes, stopped);
    }

    long count(RunLine.Outcome outcome) {
        return counts.getOrDefault(outcome.text(), 0L);
    }

    Map<String, Object> fields() {
        Map<String, Object> fields = new HashMap<>();
        fields.put("counts", counts);
        fields.put("bytes", bytes);
        stopped.ifPresent(why -> fields.put("stopped", why));
        return fields;
    }
}
