package dev.larder.functions.usage;

import dev.larder.domain.popularity.ForwardDecay;
import dev.larder.domain.usage.DayTally;
import dev.larder.domain.usage.ImageDay;
import dev.larder.domain.usage.UsageRow;
import dev.larder.events.image.ImageReference;
import dev.larder.functions.table.ImageRecords;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads the usage record, day by day: days that are closed, and the log of those that are not. Open days are counted anew
 * when what was counted of them is a minute old.
 */
public final class UsageHistory {
    private static final Duration FRESH = Duration.ofMinutes(1);

    private final UsageDays days;
    private final UsageLog log;
    private final ImageRecords images;
    private final ForwardDecay decay;
    private final InstantSource clock;
    private final QuietHours quiet;
    private final Map<LocalDate, DayTally> open = new TreeMap<>();
    private Instant countedAt = Instant.MIN;

    /** Takes the record. */
    public UsageHistory(UsageDays days, UsageLog log, ImageRecords images, ForwardDecay decay, InstantSource clock) {
        this.days = days;
        this.log = log;
        this.images = images;
        this.decay = decay;
        this.clock = clock;
        this.quiet = new QuietHours(log);
    }

    /**
     * The days of an image that have any pull, or any that failed, the first day first.
     *
     * @param from the first day
     * @param to the last day
     */
    public Map<LocalDate, ImageDay> of(ImageReference image, LocalDate from, LocalDate to) {
        Map<LocalDate, ImageDay> history = new TreeMap<>();
        days.kept(image, from, to).forEach(kept -> history.put(kept.day(), kept.usage()));
        open().forEach((day, tally) -> {
            ImageDay usage = tally.images().get(image);
            if (usage != null && !day.isBefore(from) && !day.isAfter(to)) {
                history.put(day, usage);
            }
        });
        return history;
    }

    /** How often an image was pulled from one day to another, both included. */
    public long pulls(ImageReference image, LocalDate from, LocalDate to) {
        return of(image, from, to).values().stream().mapToLong(ImageDay::pulls).sum();
    }

    /** The days that are not closed, as far as they are logged. */
    public Map<LocalDate, Map<ImageReference, ImageDay>> openDays() {
        Map<LocalDate, Map<ImageReference, ImageDay>> usages = new TreeMap<>();
        open().forEach((day, tally) -> usages.put(day, tally.images()));
        return usages;
    }

    /**
     * All images and principals of each day that has any pull.
     *
     * @param summaries of the closed days
     */
    public Map<LocalDate, List<UsageRow>> rows(UsageSummaries summaries, LocalDate from, LocalDate to) {
        Map<LocalDate, List<UsageRow>> rows = new TreeMap<>(summaries.read(from, to));
        open().forEach((day, tally) -> {
            if (!day.isBefore(from) && !day.isAfter(to) && !tally.rows().isEmpty()) {
                rows.put(day, tally.rows());
            }
        });
        return rows;
    }

    private Map<LocalDate, DayTally> open() {
        Instant now = clock.instant();
        if (countedAt.equals(Instant.MIN) || countedAt.plus(FRESH).isBefore(now)) {
            open.clear();
            UsageView view = new UsageView(log, images, decay);
            List<UsageLog.Mark> marks = log.marks();
            TreeSet<LocalDate> uncounted = new TreeSet<>(OpenDays.of(days, now));
            quiet.keep(marks, uncounted);
            // days that were closed before all their events had come
            marks.stream()
                    .filter(mark -> !mark.late() && OpenDays.isWhole(mark.hour().day(), now))
                    .forEach(mark -> uncounted.add(mark.hour().day()));
            uncounted.forEach(day -> open.put(day, view.day(day, now, hour -> quiet.read(hour, now))));
            countedAt = now;
        }
        return open;
    }
}
