package dev.larder.domain.warming;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long an image is left alone that could not be warmed for a reason that lasts: there is no such image, the upstream
 * denies it, it is too large, a quota is used up. Each try may cost the upstream's budget, so the pause doubles.
 *
 * @param failures in a row, at least 1
 * @param lastAt when it last failed
 */
public record Backoff(int failures, Instant lastAt) {
    /** The pause after the first failure. */
    public static final Duration FIRST = Duration.ofHours(1);

    /** The longest pause: what appears at the upstream is found within a day. */
    public static final Duration LONGEST = Duration.ofHours(24);

    /** @throws IllegalArgumentException when nothing failed */
    public Backoff {
        if (failures < 1) {
            throw new IllegalArgumentException("a backoff needs at least 1 failure, not " + failures);
        }
    }

    /** That of an image that failed so often in a row; none when it did not. */
    public static Optional<Backoff> after(int failures, Optional<Instant> lastAt) {
        return lastAt.filter(any -> failures > 0).map(at -> new Backoff(failures, at));
    }

    /** The first moment at which the image is worth another try. */
    public Instant until() {
        Duration pause = FIRST;
        for (int i = 1; i < failures && pause.compareTo(LONGEST) < 0; i++) {
            pause = pause.multipliedBy(2);
        }
        return lastAt.plus(pause.compareTo(LONGEST) > 0 ? LONGEST : pause);
    }

    /** Whether the image is to be left alone. */
    public boolean holds(Instant now) {
        return now.isBefore(until());
    }
}
