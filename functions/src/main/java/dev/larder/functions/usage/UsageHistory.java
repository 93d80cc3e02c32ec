package dev.larder.functions.usage;

import dev.larder.domain.usage.DayUsage.BucketUsage;
import dev.larder.events.image.ImageReference;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads the usage record of one image, day by day: days that were rolled up, and the buckets of those that were not. */
public final class UsageHistory {
    private final UsageDays days;

    /** @param days the record */
    public UsageHistory(UsageDays days) {
        this.days = days;
    }

    /**
     * Pulls of an image on each day that has any, the first day first.
     *
     * @param from the first day
     * @param to the last day
     */
    public List<Day> of(ImageReference image, LocalDate from, LocalDate to) {
        return from.datesUntil(to.plusDays(1))
                .map(day -> day(image, day))
                .filter(day -> !day.by().isEmpty())
                .toList();
    }

    /**
     * How often an image was pulled from one day to another, both included. Reads the days that are kept at once, and the
     * buckets of the last two days, so that it stays cheap for many images: of a day that is over for longer and was not
     * rolled up, it misses the pulls.
     */
    public long pulls(ImageReference image, LocalDate from, LocalDate to) {
        Map<LocalDate, Long> pulls = new TreeMap<>();
        days.kept(image, from, to).forEach(kept -> pulls.put(kept.day(), kept.pulls()));
        for (LocalDate day : List.of(to.minusDays(1), to)) {
            if (!day.isBefore(from)) {
                long open = days.buckets(image, day).stream()
                        .mapToLong(BucketUsage::pulls)
                        .sum();
                pulls.merge(day, open, Math::max);
            }
        }
        return pulls.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * A late pull is in a bucket before it is in the kept day, and an old bucket may have expired before another of its
     * day; both only ever miss pulls, so the larger sum is the right one.
     */
    private Day day(ImageReference image, LocalDate day) {
        Map<String, Long> by = new TreeMap<>();
        days.buckets(image, day)
                .forEach(bucket -> bucket.by().forEach((principal, pulls) -> by.merge(principal, pulls, Long::sum)));
        Day open = new Day(day, by);
        Day kept = new Day(day, days.keptBy(image, day));
        return kept.pulls() > open.pulls() ? kept : open;
    }

    /**
     * One day.
     *
     * @param by pulls by principal
     */
    public record Day(LocalDate day, Map<String, Long> by) {
        /** Copies the map. */
        public Day {
            by = Map.copyOf(by);
        }

        /** All pulls of the day. */
        public long pulls() {
            return by.values().stream().mapToLong(Long::longValue).sum();
        }
    }
}
