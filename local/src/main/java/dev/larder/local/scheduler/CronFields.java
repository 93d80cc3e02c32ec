package dev.larder.local.scheduler;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;

/** The six fields of EventBridge Scheduler's cron: minutes, hours, day of month, month, day of week, year. */
record CronFields(
        CronField minutes,
        CronField hours,
        DayOfMonthField daysOfMonth,
        CronField months,
        DayOfWeekField daysOfWeek,
        CronField years) {
    private static final int LAST_YEAR = 2199;
    private static final List<String> MONTHS =
            List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");

    static CronFields parse(String text) {
        String[] fields = text.strip().split(" +", -1);
        if (fields.length != 6) {
            throw new IllegalArgumentException("the cron expression '" + text + "' has " + fields.length
                    + " fields; expected six: minutes, hours, day of month, month, day of week, year");
        }
        if (fields[2].equals("?") == fields[4].equals("?")) {
            throw new IllegalArgumentException("the cron expression '" + text
                    + "' needs a ? for the day of the month or for the day of the week, and not for both");
        }
        return new CronFields(
                CronField.parse(fields[0], 0, 59, List.of(), 0),
                CronField.parse(fields[1], 0, 23, List.of(), 0),
                DayOfMonthField.parse(fields[2]),
                CronField.parse(fields[3], 1, 12, MONTHS, 1),
                DayOfWeekField.parse(fields[4]),
                CronField.parse(fields[5], 1970, LAST_YEAR, List.of(), 0));
    }

    Optional<LocalDateTime> nextAfter(LocalDateTime time) {
        LocalDateTime from = time.withSecond(0).withNano(0).plusMinutes(1);
        for (LocalDate day = from.toLocalDate(); day.getYear() <= LAST_YEAR; day = day.plusDays(1)) {
            if (!years.has(day.getYear()) || !months.has(day.getMonthValue())) {
                continue;
            }
            if (daysOfMonth.has(day) && daysOfWeek.has(day)) {
                Optional<LocalDateTime> found = firstOf(day, from);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<LocalDateTime> firstOf(LocalDate day, LocalDateTime from) {
        for (int hour : hours.values()) {
            for (int minute : minutes.values()) {
                LocalDateTime time = day.atTime(hour, minute);
                if (!time.isBefore(from)) {
                    return Optional.of(time);
                }
            }
        }
        return Optional.empty();
    }
}
