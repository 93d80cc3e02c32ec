package dev.larder.config;

import java.util.List;

/**
 * The six fields of a cron expression, as EventBridge Scheduler documents them: which values and which wildcards each
 * field takes, and {@code ?} in exactly one of the two day fields.
 */
final class Cron {
    private static final List<CronField> FIELDS = List.of(
            new CronField("minutes", 0, 59, List.of(), ""),
            new CronField("hours", 0, 23, List.of(), ""),
            new CronField("day of month", 1, 31, List.of(), "\\?|L|LW|([1-9]|[12][0-9]|3[01])W"),
            new CronField(
                    "month",
                    1,
                    12,
                    List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"),
                    ""),
            new CronField(
                    "day of week",
                    1,
                    7,
                    List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"),
                    "\\?|L|([1-7]|SUN|MON|TUE|WED|THU|FRI|SAT)(L|#[1-5])"),
            new CronField("year", 1970, 2199, List.of(), ""));

    private Cron() {}

    /** @throws UnexpectedText when the text is not six well-formed fields */
    static void check(String text) {
        String[] fields = text.split(" +", -1);
        if (fields.length != FIELDS.size()) {
            throw new UnexpectedText("six fields: minutes, hours, day of month, month, day of week, year");
        }
        for (int i = 0; i < fields.length; i++) {
            FIELDS.get(i).check(fields[i]);
        }
        if (fields[2].equals("?") == fields[4].equals("?")) {
            throw new UnexpectedText("? in the day of month or in the day of week, and not in both");
        }
    }
}
