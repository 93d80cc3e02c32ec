package dev.larder.domain.upstream;

import java.time.Duration;

/**
 * What Larder may spend of an upstream's limit in any window: the limit less the reserve that is kept for users.
 *
 * @param pulls 0 or more
 * @param per the upstream's window, longer than nothing
 */
public record Share(int pulls, Duration per) {
    /** @throws IllegalArgumentException when a window can hold nothing, or less than nothing is allowed */
    public Share {
        if (pulls < 0 || per.isZero() || per.isNegative()) {
            throw new IllegalArgumentException("not a share of a budget: " + pulls + " pulls per " + per);
        }
    }

    /**
     * The share that is left when the reserve is taken off, rounded down.
     *
     * @param reservePercent 0 to 100
     */
    public static Share of(int pulls, Duration per, int reservePercent) {
        return new Share((int) ((long) pulls * (100 - reservePercent) / 100), per);
    }
}
