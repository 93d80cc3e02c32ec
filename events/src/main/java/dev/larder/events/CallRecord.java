package dev.larder.events;

import java.time.Instant;
import java.util.Optional;

/**
 * What CloudTrail records of every call.
 *
 * @param eventId unique for a call; deduplicate by it
 * @param time when the call was made
 * @param errorCode why it failed; absent for a call that succeeded
 * @param errorMessage for people
 * @param userAgent {@code ecr.amazonaws.com} for a client of the registry's protocol, else the SDK's
 */
public record CallRecord(
        Envelope envelope,
        String eventId,
        Instant time,
        Principal principal,
        Optional<String> errorCode,
        Optional<String> errorMessage,
        Optional<String> userAgent) {
    /** Whether the call succeeded. */
    public boolean succeeded() {
        return errorCode.isEmpty();
    }
}
