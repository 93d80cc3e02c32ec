package dev.larder.config;

import java.time.Duration;

/**
 * An upstream's own limit, and what of it is kept for users.
 *
 * @param pulls how many pulls the upstream allows in each window
 * @param per the window
 * @param reservePercent 0 to 100: the share that Larder leaves to users
 */
public record Budget(int pulls, Duration per, int reservePercent) {}
