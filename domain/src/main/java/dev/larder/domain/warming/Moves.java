package dev.larder.domain.warming;

import java.time.Duration;

/**
 * How often a tag came to point elsewhere.
 *
 * @param count so often
 * @param watched in this time
 */
public record Moves(int count, Duration watched) {
    /** A tag that nobody watched. */
    public static final Moves UNWATCHED = new Moves(0, Duration.ZERO);

    /** As if every tag had been seen to move once in so many days, for as long. */
    private static final double PRIOR_DAYS = 21;

    /** The chance, 0 to 1, that it moves within a time. */
    public double within(Duration time) {
        double rate = (count + 1) / (days(watched) + PRIOR_DAYS);
        return -Math.expm1(-rate * days(time));
    }

    private static double days(Duration time) {
        return time.toMinutes() / 1440.0;
    }
}
