package dev.larder.domain.usage;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The pulls of one image on one day.
 *
 * @param byDigest those of a tag's pulls that named the digest which the tag pointed at
 * @param cold pulls for which ECR went upstream
 * @param stale pulls for which ECR went upstream in vain
 * @param failed pulls that failed, by code; they are not among the others
 * @param by principal to pulls
 * @param workloads node, task or pod to pulls, as far as CloudTrail tells; the least of many are under {@link #OTHERS}
 * @param platforms platform to pulls
 * @param bytes compressed bytes of what was pulled, an upper bound
 * @param score the day's share of the popularity; absent when nobody pulled
 * @param lastPulledAt absent when nobody pulled
 * @param lastFailedAt absent when none failed
 * @param late pulls whose events came when the day's record was no longer kept: counted apart, since nobody can tell them
 *     from a second delivery
 */
public record ImageDay(
        Map<String, Long> by,
        long byDigest,
        long cold,
        long stale,
        Map<String, Long> failed,
        Map<String, Long> workloads,
        Map<String, Long> platforms,
        long bytes,
        OptionalDouble score,
        Optional<Instant> lastPulledAt,
        Optional<Instant> lastFailedAt,
        long late) {
    /** What is left of a map that has too many entries for an item of the table. */
    public static final String OTHERS = "others";

    /** Nothing happened. */
    public static final ImageDay NONE = new ImageDay(
            Map.of(),
            0,
            0,
            0,
            Map.of(),
            Map.of(),
            Map.of(),
            0,
            OptionalDouble.empty(),
            Optional.empty(),
            Optional.empty(),
            0);

    /** Copies the maps. */
    public ImageDay {
        by = Map.copyOf(by);
        failed = Map.copyOf(failed);
        workloads = Map.copyOf(workloads);
        platforms = Map.copyOf(platforms);
    }

    /** All pulls that were served. */
    public long pulls() {
        return sum(by);
    }

    /** All pulls that failed. */
    public long failures() {
        return sum(failed);
    }

    /** The same, with this many late pulls. */
    public ImageDay withLate(long pulls) {
        return new ImageDay(
                by,
                byDigest,
                cold,
                stale,
                failed,
                workloads,
                platforms,
                bytes,
                score,
                lastPulledAt,
                lastFailedAt,
                pulls);
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
