package dev.larder.local.scheduler;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** When a schedule fires, by EventBridge Scheduler's grammar: {@code rate(...)}, {@code cron(...)}, {@code at(...)}. */
sealed interface ScheduleExpression {
    /** The first time strictly after the given one. */
    Optional<Instant> nextAfter(Instant time);

    /**
     * Reads an expression.
     *
     * @param zone the schedule's time zone
     * @param start from when a rate counts
     * @throws IllegalArgumentException when it is none; the message says what was found and what is expected
     */
    static ScheduleExpression parse(String text, ZoneId zone, Instant start) {
        Matcher matcher = Pattern.compile("(rate|cron|at)\\((.*)\\)").matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("the schedule '" + text
                    + "' is none; expected rate(1 hour), cron(0 3 * * ? *) or at(2026-11-24T03:00:00)");
        }
        String content = matcher.group(2);
        return switch (matcher.group(1)) {
            case "rate" -> Rate.parse(content, start);
            case "cron" -> new Cron(CronFields.parse(content), zone);
            default -> At.parse(content, zone);
        };
    }

    /** Again and again after the same time. */
    record Rate(Duration every, Instant start) implements ScheduleExpression {
        private static final Pattern GRAMMAR = Pattern.compile("([1-9][0-9]*) (minute|hour|day)s?");

        static Rate parse(String text, Instant start) {
            Matcher matcher = GRAMMAR.matcher(text.strip());
            if (!matcher.matches()) {
                throw new IllegalArgumentException("the rate '" + text + "' is none; expected for instance 1 hour");
            }
            long value = Long.parseLong(matcher.group(1));
            Duration every = switch (matcher.group(2)) {
                case "minute" -> Duration.ofMinutes(value);
                case "hour" -> Duration.ofHours(value);
                default -> Duration.ofDays(value);
            };
            return new Rate(every, start);
        }

        @Override
        public Optional<Instant> nextAfter(Instant time) {
            if (time.isBefore(start)) {
                return Optional.of(start.plus(every));
            }
            long periods = Duration.between(start, time).dividedBy(every);
            return Optional.of(start.plus(every.multipliedBy(periods + 1)));
        }
    }

    /** By the calendar of a time zone. */
    record Cron(CronFields fields, ZoneId zone) implements ScheduleExpression {
        @Override
        public Optional<Instant> nextAfter(Instant time) {
            return fields.nextAfter(time.atZone(zone).toLocalDateTime())
                    .map(next -> next.atZone(zone).toInstant())
                    .filter(next -> next.isAfter(time));
        }
    }

    /** Once. */
    record At(Instant time) implements ScheduleExpression {
        static At parse(String text, ZoneId zone) {
            try {
                return new At(LocalDateTime.parse(text).atZone(zone).toInstant());
            } catch (DateTimeException e) {
                throw new IllegalArgumentException(
                        "the time '" + text + "' is none; expected for instance 2026-11-24T03:00:00", e);
            }
        }

        @Override
        public Optional<Instant> nextAfter(Instant after) {
            return time.isAfter(after) ? Optional.of(time) : Optional.empty();
        }
    }
}
