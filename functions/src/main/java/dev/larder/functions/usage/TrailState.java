package dev.larder.functions.usage;

import java.time.Instant;
import java.util.Optional;

/**
 * Whether pulls reach the event bus: EventBridge gets read-only management events only while a trail logs them
 * (EventBridge user guide, "AWS service events delivered via CloudTrail").
 */
public sealed interface TrailState {
    /**
     * A trail logs them.
     *
     * @param trail its ARN
     * @param since when it was last started; what its selectors left out since then, if somebody changed them, CloudTrail
     *     does not tell
     */
    record Logging(String trail, Instant since) implements TrailState {}

    /**
     * A trail would log them, but logging is off.
     *
     * @param trail its ARN, which {@code aws cloudtrail start-logging --name} takes
     * @param since when it was stopped; empty when it never ran
     */
    record Stopped(String trail, Optional<Instant> since) implements TrailState {}

    /** No trail's selectors take them, or there is no trail. */
    record None() implements TrailState {}

    /**
     * It cannot be said: denied, throttled, an outage.
     *
     * @param reason what could not be done and why
     */
    record Unreadable(String reason) implements TrailState {}
}
