package dev.larder.domain.usage;

import dev.larder.domain.usage.Fact.Fetch;
import java.util.List;

/** What a call means for the usage record. */
public sealed interface PullDecision {
    /**
     * It goes into the log.
     *
     * @param fetches one for each image that the call names, none twice
     */
    record Logged(List<Fetch> fetches) implements PullDecision {
        /** Copies the list. */
        public Logged {
            fetches = List.copyOf(fetches);
        }
    }

    /**
     * It is nobody's pull.
     *
     * @param reason for a log line
     */
    record NoPull(String reason) implements PullDecision {}
}
