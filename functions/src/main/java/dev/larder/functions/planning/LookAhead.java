package dev.larder.functions.planning;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
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
    private static final Duration DAY = Duration.ofDays(1);

    private LookAhead() {}

    /** @param schedule an EventBridge Scheduler expression */
    static Duration of(String schedule) {
        Duration two = rate(schedule).map(period -> period.multipliedBy(2)).orElse(OTHERWISE);
        return two.compareTo(LONGEST) > 0 ? LONGEST : two;
    }

    /** The longest time between two plans. What is no rate is taken to be daily at least. */
    static Duration betweenPlans(String schedule) {
        return rate(schedule).orElse(DAY);
    }

    private static Optional<Duration> rate(String schedule) {
        Matcher rate = RATE.matcher(schedule);
        return rate.matches()
                ? Optional.ofNullable(UNITS.get(rate.group(2)))
                        .map(unit -> unit.multipliedBy(Long.parseLong(rate.group(1))))
                : Optional.empty();
    }
}
