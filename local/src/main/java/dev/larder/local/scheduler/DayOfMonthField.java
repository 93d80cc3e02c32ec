package dev.larder.local.scheduler;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.List;

/** The day of the month in a cron expression, with {@code L} for the last and {@code W} for the nearest weekday. */
record DayOfMonthField(String text, CronField days) {
    static DayOfMonthField parse(String text) {
        boolean special = text.contains("L") || text.contains("W");
        if (special && !text.matches("L|LW|([1-9]|[12][0-9]|3[01])W")) {
            throw new IllegalArgumentException("the day of the month '" + text + "' is none; expected L, LW or 15W");
        }
        return new DayOfMonthField(text, CronField.parse(special ? "*" : text, 1, 31, List.of(), 0));
    }

    boolean has(LocalDate day) {
        LocalDate last = day.with(TemporalAdjusters.lastDayOfMonth());
        if (text.equals("L")) {
            return day.equals(last);
        }
        if (text.equals("LW")) {
            return day.equals(nearestWeekday(last));
        }
        if (text.endsWith("W")) {
            int wanted = Integer.parseInt(text.substring(0, text.length() - 1));
            return wanted <= last.getDayOfMonth() && day.equals(nearestWeekday(day.withDayOfMonth(wanted)));
        }
        return days.has(day.getDayOfMonth());
    }

    private static LocalDate nearestWeekday(LocalDate day) {
        LocalDate nearest = day;
        if (day.getDayOfWeek() == DayOfWeek.SATURDAY) {
            nearest = day.minusDays(1);
        } else if (day.getDayOfWeek() == DayOfWeek.SUNDAY) {
            nearest = day.plusDays(1);
        }
        if (nearest.getMonth() == day.getMonth()) {
            return nearest;
        }
        return nearest.isBefore(day) ? day.plusDays(2) : day.minusDays(2);
    }
}
