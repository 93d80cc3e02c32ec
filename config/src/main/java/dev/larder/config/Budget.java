package dev.larder.config;

import java.time.Duration;

/**
 * An upstream's own limit, and what of it is kept for users.
 *
 * @param pulls how many pulls the upstream allows in each window
 * @param per the window
 * @param reservePercent 0 to 100: the share that Larder leaves to users
 */
public record Budget(int pulls, Duration per, int reservePercent) {
    /** @throws IllegalArgumentException when a figure is out of bounds */
    public Budget {
        if (pulls < 1 || !per.isPositive() || reservePercent < 0 || reservePercent > 100) {
            throw new IllegalArgumentException("not a budget: " + pulls + " pulls per " + per + " with a reserve of "
                    + reservePercent + "%; expected pulls and a time above zero, and a reserve of 0 to 100%");
        }
    }
}
