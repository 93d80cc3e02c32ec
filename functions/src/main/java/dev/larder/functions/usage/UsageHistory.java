package dev.larder.functions.usage;

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
