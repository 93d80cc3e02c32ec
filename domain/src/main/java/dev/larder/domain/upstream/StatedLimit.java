package dev.larder.domain.upstream;

import java.time.Duration;

/**
 * An upstream's limit as the file has it.
 *
 * @param pulls in each window, 1 or more
 * @param per the window, longer than nothing
 * @param reservePercent 0 to 100: what is kept for users
 */
public record StatedLimit(int pulls, Duration per, int reservePercent) {
    /** @throws IllegalArgumentException when a figure is out of bounds */
    public StatedLimit {
        if (pulls < 1 || !per.isPositive() || reservePercent < 0 || reservePercent > 100) {
            throw new IllegalArgumentException(
                    "not a limit: " + pulls + " pulls per " + per + " with a reserve of " + reservePercent + "%");
        }
    }

    Share share() {
        return Share.of(pulls, per, reservePercent);
    }
}
