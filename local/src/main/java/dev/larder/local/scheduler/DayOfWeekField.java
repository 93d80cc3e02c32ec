package dev.larder.local.scheduler;

import java.time.LocalDate;
import java.util.List;

/** The day of the week in a cron expression, Sunday being 1, with {@code 6L} for the last and {@code 6#3} for the third. */
record DayOfWeekField(String text, CronField days) {
    private static final List<String> NAMES = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");

    static DayOfWeekField parse(String text) {
        String days = text;
        if (text.equals("L")) {
            days = "7";
        } else if (text.contains("#")) {
            if (!text.matches("[^#]+#[1-5]")) {
                throw new IllegalArgumentException(
                        "the day of the week '" + text + "' is none; expected for instance 6#3");
            }
            days = text.substring(0, text.indexOf('#'));
        } else if (text.endsWith("L")) {
            days = text.substring(0, text.length() - 1);
        }
        return new DayOfWeekField(text, CronField.parse(days, 1, 7, NAMES, 1));
    }

    boolean has(LocalDate day) {
        int number = day.getDayOfWeek().getValue() % 7 + 1;
        if (!days.has(number)) {
            return false;
        }
        if (text.contains("#")) {
            int wanted = Integer.parseInt(text.substring(text.indexOf('#') + 1));
            return (day.getDayOfMonth() - 1) / 7 + 1 == wanted;
        }
        boolean lastOfMonth = text.endsWith("L") && text.length() > 1;
        return !lastOfMonth || day.plusDays(7).getMonth() != day.getMonth();
    }
}
