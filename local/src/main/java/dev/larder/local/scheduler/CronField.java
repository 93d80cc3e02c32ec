package dev.larder.local.scheduler;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/** The values that one field of a cron expression allows: lists, ranges, steps and names. */
record CronField(SortedSet<Integer> values) {
    CronField {
        values = Collections.unmodifiableSortedSet(new TreeSet<>(values));
    }

    /** @param names stand for numbers, the first of them for {@code firstName} */
    static CronField parse(String text, int lowest, int highest, List<String> names, int firstName) {
        SortedSet<Integer> values = new TreeSet<>();
        for (String part : text.split(",", -1)) {
            String[] step = part.split("/", 2);
            String[] range = step[0].split("-", 2);
            boolean any = range[0].equals("*") || range[0].equals("?");
            int from = any ? lowest : number(range[0], text, names, firstName);
            int to = any || (step.length == 2 && range.length == 1) ? highest : from;
            if (range.length == 2) {
                to = number(range[1], text, names, firstName);
            }
            int by = step.length == 2 ? number(step[1], text, List.of(), 0) : 1;
            if (from < lowest || to > highest || from > to || by < 1) {
                throw new IllegalArgumentException(
                        "'" + text + "' in a cron expression is outside of " + lowest + " to " + highest);
            }
            for (int value = from; value <= to; value += by) {
                values.add(value);
            }
        }
        return new CronField(values);
    }

    boolean has(int value) {
        return values.contains(value);
    }

    static int number(String text, String whole, List<String> names, int firstName) {
        int name = names.indexOf(text.toUpperCase(Locale.ROOT));
        if (name >= 0) {
            return name + firstName;
        }
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "'" + whole + "' in a cron expression is no number, range, step or list", e);
        }
    }
}
