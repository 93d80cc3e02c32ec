package dev.larder.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Schedule expressions of EventBridge Scheduler: {@code rate(value unit)} and {@code cron(six fields)}. Source: the
 * user guides of EventBridge Scheduler and EventBridge.
 */
final class Schedules {
    private static final Pattern RATE = Pattern.compile("rate\\(([1-9][0-9]{0,4}) (minute|hour|day)(s?)\\)");
    private static final Pattern CRON = Pattern.compile("cron\\((.*)\\)");

    private Schedules() {}

    static String read(String text) {
        Matcher rate = RATE.matcher(text);
        Matcher cron = CRON.matcher(text);
        if (rate.matches()) {
            boolean one = rate.group(1).equals("1");
            if (one != rate.group(3).isEmpty()) {
                throw new UnexpectedText("rate(" + rate.group(1) + " " + rate.group(2) + (one ? "" : "s") + ")");
            }
        } else if (cron.matches()) {
            Cron.check(cron.group(1));
        } else {
            throw new UnexpectedText("rate(1 hour), rate(30 minutes) or cron(0 6 * * ? *)");
        }
        return text;
    }
}
