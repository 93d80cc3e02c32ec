package dev.larder.config;

import java.time.Duration;
import java.util.List;

/**
 * What to keep warm.
 *
 * @param schedule an EventBridge Scheduler expression: {@code rate(1 hour)} or {@code cron(...)}
 * @param platforms for instance {@code linux/amd64}
 * @param pins images, {@code repository:tag}, that are warm whether or not anyone pulls them
 */
public record Warm(String schedule, List<String> platforms, List<String> pins, Popular popular) {
    /** Copies the lists. */
    public Warm {
        platforms = List.copyOf(platforms);
        pins = List.copyOf(pins);
    }

    /**
     * Which images are popular enough to be kept warm.
     *
     * @param top at most this many, the most popular first
     * @param minimumPulls at least this many pulls within that time
     * @param within the time that counts, by whole days (UTC)
     */
    public record Popular(int top, int minimumPulls, Duration within) {
        /** @throws IllegalArgumentException when a figure is below zero, or the time is not positive */
        public Popular {
            if (top < 0 || minimumPulls < 0 || !within.isPositive()) {
                throw new IllegalArgumentException("not a measure of popularity: top " + top + ", at least "
                        + minimumPulls + " pulls within " + within + "; expected 0 or more, and a time above zero");
            }
        }
    }
}
