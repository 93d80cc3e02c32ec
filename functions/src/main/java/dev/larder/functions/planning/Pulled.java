package dev.larder.functions.planning;

import java.time.Instant;
import java.time.LocalDate;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The pulls of one tag, by tag; of those that failed also the ones by a digest that it pointed at.
 *
 * @param days (UTC) with pulls, and how many; none when all failed
 * @param last the last pull of a day that is not closed, as far as is known
 * @param failed pulls that failed on days that are not closed, or yesterday
 * @param failedByTag those of them by tag
 * @param unserved when the last pull failed at the latest, and none was served after it; absent when nobody knows
 */
public record Pulled(
        NavigableMap<LocalDate, Long> days,
        Optional<Instant> last,
        long failed,
        long failedByTag,
        Optional<Instant> unserved) {
    /** Nobody pulled. */
    public static final Pulled NEVER = new Pulled(new TreeMap<>(), Optional.empty(), 0, 0, Optional.empty());

    /** The same, and those that failed. */
    Pulled failing(long pulls, long byTag, Optional<Instant> notServed) {
        return new Pulled(days, last, pulls, byTag, notServed);
    }

    /** The same, with a last pull. */
    Pulled last(Instant at) {
        return new Pulled(days, last.filter(at::isBefore).or(() -> Optional.of(at)), failed, failedByTag, unserved);
    }

    /** How often. */
    public long pulls() {
        return days.values().stream().mapToLong(Long::longValue).sum();
    }
}
