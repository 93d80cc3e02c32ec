package dev.larder.domain.warming;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * How much an image is wanted, from the days (UTC) on which it was pulled. What counts is whether it is pulled at all in a
 * day, not how often: a rollout pulls a hundred times at once, and only the first of them can be cold.
 *
 * <p>An image is taken to be pulled with a steady chance, until whoever wants it moves on; that it was silent for long
 * against its habit says that this has happened. (Schmittlein, Morrison, Colombo: Counting Your Customers, Management
 * Science 1987.)
 *
 * @param activeDays on so many days it was pulled, 1 or more
 * @param days from the first of them to the last, both included
 * @param daily the pulls of each of them, together 1 or more
 * @param last the last pull
 */
public record Demand(int activeDays, int days, NavigableMap<LocalDate, Long> daily, Instant last) {
    /** So far back the days are looked at. */
    public static final Duration WINDOW = Duration.ofDays(28);

    /** What is known of an image before its second day: that it comes again is as likely as not. */
    private static final double PRIOR_ACTIVE = 0.5;

    private static final double PRIOR_DAYS = 1.0;

    /** A habit ends on a day with this chance: workloads and versions live for months. */
    private static final double ENDS_PER_DAY = 1.0 / 60;

    /** Nothing is pulled on every day for ever. */
    private static final double MOST = 0.995;

    /** @throws IllegalArgumentException when there are no days or pulls, or more active days than days */
    public Demand {
        daily = Collections.unmodifiableNavigableMap(new TreeMap<>(daily));
        if (activeDays < 1 || days < activeDays || sum(daily) < 1) {
            throw new IllegalArgumentException("not a demand: " + sum(daily) + " pulls on " + activeDays + " of " + days
                    + " days; expected 1 or more, and no more active days than days");
        }
    }

    /**
     * The demand that some days show.
     *
     * @param pulls on each day that has any, at least one day
     * @param last the last pull
     */
    public static Demand of(NavigableMap<LocalDate, Long> pulls, Instant last) {
        if (pulls.isEmpty()) {
            throw new IllegalArgumentException("no day with a pull; an image that is not pulled has no demand");
        }
        long days = pulls.lastKey().toEpochDay() - pulls.firstKey().toEpochDay() + 1;
        return new Demand(pulls.size(), Math.toIntExact(days), pulls, last);
    }

    /** The pulls of all days. */
    public long pulls() {
        return sum(daily);
    }

    /** The pulls of a day and all days after it. */
    long pullsSince(LocalDate day) {
        return sum(daily.tailMap(day, true));
    }

    private static long sum(Map<LocalDate, Long> pulls) {
        return pulls.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The rate, per day, at which a stretch without pulls ends. */
    public double perDay() {
        // the first day is how we know of it at all, so it does not count
        double chance = (activeDays - 1 + PRIOR_ACTIVE) / (days - 1 + PRIOR_DAYS);
        return -Math.log1p(-Math.min(chance, MOST));
    }

    /** The chance, 0 to 1, that anyone still wants it. */
    public double alive(Instant now) {
        double silent = Math.max(0, days(Duration.between(last, now)));
        double together = perDay() + ENDS_PER_DAY;
        return 1 / (1 + ENDS_PER_DAY / together * Math.expm1(Math.min(together * silent, 500)));
    }

    /** The chance, 0 to 1, that it is pulled within a time from now on. */
    public double within(Duration time, Instant now) {
        return alive(now) * -Math.expm1(-perDay() * days(time));
    }

    private static double days(Duration time) {
        return time.toMillis() / 86_400_000.0;
    }
}
