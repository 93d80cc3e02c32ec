package dev.larder.domain.warming;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When an order that failed for a passing reason comes again. The pause grows with the order's age, so that no count is
 * kept: it is drawn evenly from {@link #SHORTEST} to the age, and no longer than {@link #LONGEST}. So an order
 * comes some 50 times on average, and 720 times at most, before it is given up.
 */
public final class Deferral {
    /** The shortest pause. */
    public static final Duration SHORTEST = Duration.ofSeconds(30);

    /** The longest pause: what the queue can hold a message back. */
    public static final Duration LONGEST = Duration.ofMinutes(15);

    /** So old an order is not put off any more: longer than any upstream's window that is known. */
    public static final Duration GIVEN_UP = Duration.ofHours(6);

    /** The same of an eviction that is undone: what a run evicted may be many windows' worth of an upstream's budget. */
    public static final Duration UNDO_GIVEN_UP = Duration.ofDays(14);

    /** The same of what was not tried: for an upstream's budget, or until a circuit closes, it waits as long as it takes. */
    public static final Duration UNTRIED_GIVEN_UP = Duration.ofDays(365);

    private Deferral() {}

    /**
     * The pause; none when the order is too old.
     *
     * @param requestedAt when the order was made
     * @param oldest how old it may be
     * @param random evenly from 0 to 1
     */
    public static Optional<Duration> pause(Instant requestedAt, Duration oldest, Instant now, double random) {
        Duration age = Duration.between(requestedAt, now);
        if (age.compareTo(oldest) > 0) {
            return Optional.empty();
        }
        Duration most = shorter(LONGEST, age.plus(SHORTEST));
        return Optional.of(spread(SHORTEST, most, random));
    }

    /**
     * The pause of an order that cannot go before a time that is known; none when the order is too old. Those that wait for
     * the same time come one after the other within a minute.
     */
    public static Optional<Duration> pauseUntil(
            Instant time, Instant requestedAt, Duration oldest, Instant now, double random) {
        if (Duration.between(requestedAt, now).compareTo(oldest) > 0) {
            return Optional.empty();
        }
        Duration first = Duration.between(now, time);
        Duration least = first.compareTo(SHORTEST) < 0 ? SHORTEST : first;
        return Optional.of(shorter(LONGEST, spread(least, least.plusMinutes(1), random)));
    }

    private static Duration spread(Duration least, Duration most, double random) {
        long span = Math.max(0, most.minus(least).toMillis());
        return least.plusMillis((long) (span * random));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
