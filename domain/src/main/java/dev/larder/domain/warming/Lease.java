package dev.larder.domain.warming;

import java.time.Duration;
import java.time.Instant;

/**
 * Who warms an image, until when: so that no two do at once.
 *
 * @param orderId the warm order that has it
 */
public record Lease(String orderId, Instant until) {
    /** Longer than one attempt may take (the worker's timeout is 5 minutes). */
    public static final Duration TERM = Duration.ofMinutes(6);

    /** A lease from now on. */
    public static Lease from(String orderId, Instant now) {
        return new Lease(orderId, now.plus(TERM));
    }

    /** Whether it has run out, so that it may be taken over. */
    public boolean isOver(Instant now) {
        return !now.isBefore(until);
    }
}
