package dev.larder.config;

import java.time.Duration;
import java.util.List;

/**
 * What to throw away.
 *
 * @param enforce false: plans are dry runs
 * @param schedule an EventBridge Scheduler expression
 */
public record Lifecycle(boolean enforce, String schedule, Evict evict) {
    /**
     * When an image may go.
     *
     * @param notPulledFor at least this long without a pull, a push or a warming
     * @param keepNewest how many of the newest of each family always stay
     * @param protect globs over {@code repository:tag} that always stay; {@code **} crosses slashes
     * @param limits where a run stops
     */
    public record Evict(Duration notPulledFor, int keepNewest, List<String> protect, Limits limits) {
        /**
         * Copies the list.
         *
         * @throws IllegalArgumentException when the time is not positive, or fewer than none are to stay
         */
        public Evict {
            if (!notPulledFor.isPositive() || keepNewest < 0) {
                throw new IllegalArgumentException("not a rule of eviction: not pulled for " + notPulledFor
                        + ", keeping the newest " + keepNewest + "; expected a time above zero, and 0 or more to keep");
            }
            protect = List.copyOf(protect);
        }
    }

    /**
     * Where a run stops.
     *
     * @param images at most this many images in a run
     * @param bytes at most this many bytes in a run
     * @param repositoryPercent at most this share of a repository's images in a run, 1 to 100
     */
    public record Limits(int images, long bytes, int repositoryPercent) {
        /** @throws IllegalArgumentException when a limit is out of bounds */
        public Limits {
            if (images < 1 || bytes < 1 || repositoryPercent < 1 || repositoryPercent > 100) {
                throw new IllegalArgumentException(
                        "not the limits of a run: " + images + " images, " + bytes + " bytes, " + repositoryPercent
                                + "% of a repository; expected each above zero, and 1 to 100%");
            }
        }
    }
}
