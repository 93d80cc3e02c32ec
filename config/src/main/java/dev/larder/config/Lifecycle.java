package dev.larder.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What to throw away.
 *
 * @param enforce false: plans are dry runs
 * @param schedule an EventBridge Scheduler expression
 * @param evict what holds for every cached repository
 * @param rules what differs for some, in the file's order; the most specific match wins
 * @param quotas in the file's order
 */
public record Lifecycle(boolean enforce, String schedule, Evict evict, List<Rule> rules, List<Quota> quotas) {
    /** Copies the lists. */
    public Lifecycle {
        rules = List.copyOf(rules);
        quotas = List.copyOf(quotas);
    }

    /**
     * When an image may go.
     *
     * @param notPulledFor at least this long without a pull, a push or a warming
     * @param superseded the same for what no tag points at any more
     * @param failedImports the same for what an import left behind and nobody ever pulled
     * @param keepNewest how many of the newest of each family always stay
     * @param protect globs over {@code repository:tag} that always stay, and those without a colon over repositories of
     *     which everything stays; {@code **} crosses slashes
     * @param evictGone whether even that goes which the upstream no longer has
     * @param limits where a run stops
     */
    public record Evict(
            Duration notPulledFor,
            Duration superseded,
            Duration failedImports,
            int keepNewest,
            List<String> protect,
            boolean evictGone,
            Limits limits) {
        /**
         * Copies the list.
         *
         * @throws IllegalArgumentException when a time is not positive, or fewer than none are to stay
         */
        public Evict {
            if (!notPulledFor.isPositive()
                    || !superseded.isPositive()
                    || !failedImports.isPositive()
                    || keepNewest < 0) {
                throw new IllegalArgumentException("not a rule of eviction: not pulled for " + notPulledFor
                        + ", superseded for " + superseded + ", failed imports for " + failedImports
                        + ", keeping the newest " + keepNewest + "; expected times above zero, and 0 or more to keep");
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
     * @param cellPercent at most this share of the cell's images in a run, 1 to 100
     */
    public record Limits(int images, long bytes, int repositoryPercent, int cellPercent) {
        /** @throws IllegalArgumentException when a limit is out of bounds */
        public Limits {
            if (images < 1 || bytes < 1 || isNoPercent(repositoryPercent) || isNoPercent(cellPercent)) {
                throw new IllegalArgumentException("not the limits of a run: " + images + " images, " + bytes
                        + " bytes, " + repositoryPercent + "% of a repository, " + cellPercent
                        + "% of the cell; expected each above zero, and 1 to 100%");
            }
        }

        private static boolean isNoPercent(int percent) {
            return percent < 1 || percent > 100;
        }
    }

    /**
     * What differs from {@link Evict} for some repositories; what is absent does not.
     *
     * @param match a glob over repositories, prefix included
     * @param protect globs that stay besides those of {@link Evict}
     */
    public record Rule(
            String match,
            Optional<Duration> notPulledFor,
            Optional<Duration> superseded,
            Optional<Duration> failedImports,
            OptionalInt keepNewest,
            Optional<Boolean> evictGone,
            List<String> protect) {
        /** Copies the list. */
        public Rule {
            protect = List.copyOf(protect);
        }
    }

    /**
     * How much may be cached of some repositories.
     *
     * @param match a glob over repositories, prefix included
     * @param bytes of all of them together
     * @param notPulledFor what was used within this time never goes
     */
    public record Quota(String match, long bytes, Duration notPulledFor) {}
}
