package dev.larder.domain.lifecycle;

import java.util.List;

/** What is decided about a manifest, and why. */
public sealed interface Verdict {
    /**
     * It stays.
     *
     * @param detail what was seen, one sentence
     */
    record Keep(Guard guard, String detail) implements Verdict {}

    /**
     * It may go.
     *
     * @param evidence why that is safe: a line for each signal
     */
    record Evict(List<String> evidence) implements Verdict {
        /** Copies the list. */
        public Evict {
            evidence = List.copyOf(evidence);
        }
    }
}
