package dev.larder.functions.inuse;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/** What is left of the time that the calls may take of which each brings a reading on, however often it is begun anew. */
final class AskingTime {
    private final InstantSource clock;
    private Duration left;

    /** @param most all of it */
    AskingTime(Duration most, InstantSource clock) {
        this.left = most;
        this.clock = clock;
    }

    /**
     * Makes a call, and takes its time off.
     *
     * @throws IsOver when nothing is left
     */
    <T> T take(Supplier<T> call) {
        if (!left.isPositive()) {
            throw new IsOver();
        }
        Instant begun = clock.instant();
        T answer = call.get();
        left = left.minus(Duration.between(begun, clock.instant()));
        return answer;
    }

    /** No time is left; what was read is remembered. */
    static final class IsOver extends RuntimeException {
        private static final long serialVersionUID = 1L;

        IsOver() {
            super("more than can be read at once");
        }
    }
}
