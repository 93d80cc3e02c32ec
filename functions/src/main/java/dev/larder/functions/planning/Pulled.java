package dev.larder.functions.planning;

import java.time.Instant;
import java.time.LocalDate;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The pulls of one tag, by tag.
 *
 * @param days (UTC) with pulls, and how many; none when all failed
 * @param last the last pull of a day that is not closed, as far as is known
 * @param failed pulls that failed on days that are not closed, or yesterday
 */
public record Pulled(NavigableMap<LocalDate, Long> days, Optional<Instant> last, long failed) {
    /** Nobody pulled. */
    public static final Pulled NEVER = new Pulled(new TreeMap<>(), Optional.empty(), 0);

    /** How often. */
    public long pulls() {
        return days.values().stream().mapToLong(Long::longValue).sum();
    }
}
