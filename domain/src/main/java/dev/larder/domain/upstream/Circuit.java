package dev.larder.domain.upstream;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Keeps Larder from asking an upstream that is not well. Closed: ask. Open until some time: do not. After that time, half
 * open: one probe, whose outcome closes it or opens it for twice as long.
 *
 * @param failures in a row, while closed
 * @param trips how often it opened in a row
 * @param openUntil absent while closed
 */
public record Circuit(int failures, int trips, Optional<Instant> openUntil) {
    /** A circuit of an upstream that is well. */
    public static final Circuit CLOSED = new Circuit(0, 0, Optional.empty());

    /** So many failures in a row open it. */
    public static final int FAILURES_TO_OPEN = 5;

    /** For so long it opens the first time. */
    public static final Duration FIRST = Duration.ofMinutes(5);

    /** For so long it opens at most. */
    public static final Duration LONGEST = Duration.ofHours(6);

    /** How a circuit stands at some time. */
    public enum Phase {
        CLOSED,
        OPEN,
        HALF_OPEN
    }

    /** How it stands. */
    public Phase phase(Instant now) {
        return openUntil
                .map(until -> now.isBefore(until) ? Phase.OPEN : Phase.HALF_OPEN)
                .orElse(Phase.CLOSED);
    }

    /** The circuit after the upstream answered well. */
    public Circuit succeeded() {
        return CLOSED;
    }

    /**
     * The circuit after a failure. A limit or refused credentials open it at once: asking again would not help, and would
     * cost. Failures that are not the upstream's change nothing, and so do those that come in while it is open, since
     * they were asked for before.
     */
    public Circuit failed(FailureKind kind, Instant now) {
        if (!kind.upstreamsFault() || phase(now) == Phase.OPEN) {
            return this;
        }
        boolean atOnce = kind != FailureKind.UPSTREAM_UNAVAILABLE;
        if (phase(now) == Phase.HALF_OPEN || atOnce || failures + 1 >= FAILURES_TO_OPEN) {
            return new Circuit(0, trips + 1, Optional.of(now.plus(pause(trips))));
        }
        return new Circuit(failures + 1, trips, Optional.empty());
    }

    private static Duration pause(int trips) {
        // 2^7 times FIRST is already more than LONGEST
        Duration doubled = FIRST.multipliedBy(1L << Math.min(trips, 7));
        return doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    }
}
