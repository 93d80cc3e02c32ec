package dev.larder.functions.usage;

import dev.larder.domain.usage.LogHour;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;

/** The days that are not closed yet: their pulls are in the log only. */
final class OpenDays {
    /**
     * A day is closed so long after its end: what is logged later for one of its hours leaves a mark, whatever clock its
     * writer has, and the events that a pull before midnight brings about are there.
     */
    private static final Duration CLOSES_AFTER = Duration.ofHours(2);

    private OpenDays() {}

    /** The last day that can be closed. */
    static LocalDate lastOver(Instant now) {
        return LocalDate.ofInstant(now.minus(CLOSES_AFTER), ZoneOffset.UTC).minusDays(1);
    }

    /**
     * The first day that is open. Where none was ever closed, it is the one before the record began: what came earlier than
     * that was late, and has left a mark.
     */
    static LocalDate first(UsageDays days, Instant now) {
        LocalDate oldest = LocalDate.ofInstant(now.minus(UsageLog.KEPT), ZoneOffset.UTC);
        return days.closedThrough()
                .map(day -> day.plusDays(1))
                .or(() -> days.begun().map(day -> day.minusDays(1)))
                .map(day -> day.isBefore(oldest) ? oldest : day)
                .orElseGet(() -> LocalDate.ofInstant(now, ZoneOffset.UTC).minusDays(1));
    }

    /** Whether all facts of a day are still kept: counted from what is left of them, it would lose pulls. */
    static boolean isWhole(LocalDate day, Instant now) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant().plus(UsageLog.KEPT).isAfter(now);
    }

    /** The open days, the first one first; at least today. */
    static List<LocalDate> of(UsageDays days, Instant now) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        LocalDate first = first(days, now);
        return first.isAfter(today)
                ? List.of(today)
                : first.datesUntil(today.plusDays(1)).toList();
    }

    /** The hours of days, none that has not begun. */
    static Stream<LogHour> hours(List<LocalDate> days, Instant now) {
        return days.stream().flatMap(LogHour::of).filter(hour -> !hour.start().isAfter(now));
    }
}
