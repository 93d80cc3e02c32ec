package dev.larder.functions.planning;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far ahead a plan has to look: two schedules, so that one that is missed makes nobody pay. An order for later waits in
 * the queue, which holds it back 15 minutes at a time; so no further than some hours, and a schedule that is rarer lets
 * checks fall into users' pulls.
 */
final class LookAhead {
    private static final Pattern RATE = Pattern.compile("rate\\((\\d+) (minute|hour|day)s?\\)");
    private static final Map<String, Duration> UNITS =
            Map.of("minute", Duration.ofMinutes(1), "hour", Duration.ofHours(1), "day", Duration.ofDays(1));

    /** For schedules whose period cannot be read off, such as {@code cron(...)}. */
    private static final Duration OTHERWISE = Duration.ofHours(2);

    private static final Duration LONGEST = Duration.ofHours(3);

    private LookAhead() {}

    /** @param schedule an EventBridge Scheduler expression */
    static Duration of(String schedule) {
        Matcher rate = RATE.matcher(schedule);
        if (!rate.matches()) {
            return OTHERWISE;
        }
        Duration unit = UNITS.getOrDefault(rate.group(2), OTHERWISE);
        Duration two = unit.multipliedBy(2 * Long.parseLong(rate.group(1)));
        return two.compareTo(LONGEST) > 0 ? LONGEST : two;
    }
}
