package dev.larder.domain.lifecycle;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What is decided about a manifest, and why. */
public sealed interface Verdict {
    /**
     * It stays.
     *
     * @param guard the first that keeps it; others may, too
     * @param detail what was seen, one sentence
     * @param until when this guard alone ends, if time ends it
     */
    record Keep(Guard guard, String detail, Optional<Instant> until) implements Verdict {}

    /**
     * It may go.
     *
     * @param rule what the rule or quota matches that lets it go
     * @param evidence why that is safe: a line for each signal
     */
    record Evict(Reason reason, String rule, List<String> evidence) implements Verdict {
        /** Copies the list. */
        public Evict {
            evidence = List.copyOf(evidence);
        }
    }
}
