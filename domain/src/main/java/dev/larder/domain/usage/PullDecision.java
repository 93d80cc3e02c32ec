package dev.larder.domain.usage;

import dev.larder.events.image.ImageReference.Digested;
import java.time.Instant;

/** What a fetched manifest means for the usage record. */
public sealed interface PullDecision {
    /** It is one pull. */
    record Counts(Pull pull) implements PullDecision {}

    /** It is a further request of the pull of a tag: it counts nothing, and protects the image from eviction. */
    record PartOfAPull(Digested image, Instant time) implements PullDecision {}

    /**
     * It is no pull.
     *
     * @param reason for a log line
     */
    record NoPull(String reason) implements PullDecision {}
}
