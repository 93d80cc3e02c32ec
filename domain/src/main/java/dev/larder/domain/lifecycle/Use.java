package dev.larder.domain.lifecycle;

import java.time.Instant;
import java.util.Optional;

/**
 * What Larder's own record says of a manifest and its tags: the latest of each.
 *
 * @param pulledAt the last pull, by any of its tags or by digest
 * @param warmedAt the last warming, by any of its tags
 * @param importedAt the last import, by any of its tags
 * @param pullsPerDay how many pulls a day are expected of it, 0 when nobody knows; only a quota's order rests on it
 */
public record Use(
        Optional<Instant> pulledAt, Optional<Instant> warmedAt, Optional<Instant> importedAt, double pullsPerDay) {
    /** Nothing is known. */
    public static final Use NONE = new Use(Optional.empty(), Optional.empty(), Optional.empty());

    /** @throws IllegalArgumentException when fewer pulls than none are expected */
    public Use {
        if (!(pullsPerDay >= 0 && pullsPerDay < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("not a number of pulls a day: " + pullsPerDay);
        }
    }

    /** Times alone. */
    public Use(Optional<Instant> pulledAt, Optional<Instant> warmedAt, Optional<Instant> importedAt) {
        this(pulledAt, warmedAt, importedAt, 0);
    }
}
