package dev.larder.domain.usage;

import dev.larder.domain.popularity.ForwardDecay;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * The pulls of one image on one day, summed up from its buckets.
 *
 * @param by principal to pulls
 * @param coldPulls those that made ECR go upstream
 * @param popularity the day's share of the image's score
 * @param lastPulledAt the start of the last shard that has a pull
 */
public record DayUsage(
        Map<String, Long> by, long coldPulls, OptionalDouble popularity, Optional<Instant> lastPulledAt) {
    /** Copies the map. */
    public DayUsage {
        by = Map.copyOf(by);
    }

    /** All pulls. */
    public long pulls() {
        return by.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The day of these buckets. */
    public static DayUsage of(Collection<BucketUsage> buckets, long coldPulls, ForwardDecay decay) {
        Map<String, Long> by = new TreeMap<>();
        Tally tally = Tally.NONE;
        for (BucketUsage bucket : buckets) {
            bucket.by().forEach((principal, pulls) -> by.merge(principal, pulls, Long::sum));
            tally = tally.plus(bucket.pulls(), bucket.bucket().time(), decay)
                    .seen(bucket.bucket().time());
        }
        return new DayUsage(by, coldPulls, tally.popularity(), tally.lastPulledAt());
    }

    /**
     * The pulls of one bucket's shard.
     *
     * @param by principal to pulls
     */
    public record BucketUsage(UsageBucket bucket, Map<String, Long> by) {
        /** Copies the map. */
        public BucketUsage {
            by = Map.copyOf(by);
        }

        /** All pulls. */
        public long pulls() {
            return by.values().stream().mapToLong(Long::longValue).sum();
        }
    }
}
