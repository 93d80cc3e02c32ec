package dev.larder.config;

import java.util.List;
import java.util.regex.Pattern;

/**
 * One field of a cron expression: values, ranges, steps, and what only this field takes.
 *
 * @param minimum the least value
 * @param maximum the greatest value
 * @param names words for the values from the least on; may be empty
 * @param special a pattern of what stands alone in this field; empty when nothing does
 */
record CronField(String name, int minimum, int maximum, List<String> names, String special) {
    private static final Pattern STEP = Pattern.compile("[1-9][0-9]{0,3}");

    void check(String text) {
        if (!text.isEmpty() && text.matches(special)) {
            return;
        }
        for (String item : text.split(",", -1)) {
            String[] parts = item.split("/", -1);
            boolean stepped = parts.length == 1
                    || (parts.length == 2 && STEP.matcher(parts[1]).matches());
            if (!stepped || !(parts[0].equals("*") || isRange(parts[0]))) {
                throw new UnexpectedText("the " + name + " as " + minimum + "-" + maximum + ", with , - * /"
                        + (special.isEmpty() ? "" : " or a day's own wildcards") + "; found " + Shown.quoted(text));
            }
        }
    }

    private boolean isRange(String text) {
        String[] ends = text.split("-", -1);
        int first = value(ends[0]);
        int last = value(ends[ends.length - 1]);
        return ends.length <= 2 && first >= minimum && last <= maximum && first <= last;
    }

    private int value(String text) {
        int named = names.indexOf(text);
        if (named >= 0) {
            return minimum + named;
        }
        return text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : Integer.MIN_VALUE;
    }
}
