package dev.larder.domain.usage;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The hour of UTC that a fact belongs to, by its own time: a replay, however late, meets its first delivery there.
 *
 * @param start the first moment of the hour
 */
public record LogHour(Instant start) implements Comparable<LogHour> {
    private static final int OF_A_DAY = 24;
    private static final Duration LENGTH = Duration.ofHours(1);

    /** @throws IllegalArgumentException when it is not the start of an hour */
    public LogHour {
        if (!start.truncatedTo(ChronoUnit.HOURS).equals(start)) {
            throw new IllegalArgumentException("not the start of an hour: " + start);
        }
    }

    /** The hour of a time. */
    public static LogHour of(Instant time) {
        return new LogHour(time.truncatedTo(ChronoUnit.HOURS));
    }

    /** The hours of a day, the first one first. */
    public static Stream<LogHour> of(LocalDate day) {
        Instant midnight = day.atStartOfDay(ZoneOffset.UTC).toInstant();
        return IntStream.range(0, OF_A_DAY).mapToObj(hour -> new LogHour(midnight.plus(LENGTH.multipliedBy(hour))));
    }

    /** The hour after it. */
    public LogHour next() {
        return new LogHour(end());
    }

    /** The hour before it. */
    public LogHour previous() {
        return new LogHour(start.minus(LENGTH));
    }

    /** The first moment that is not in it. */
    public Instant end() {
        return start.plus(LENGTH);
    }

    /** Whether the time is in it. */
    public boolean has(Instant time) {
        return !time.isBefore(start) && time.isBefore(end());
    }

    /** The day it belongs to. */
    public LocalDate day() {
        return LocalDate.ofInstant(start, ZoneOffset.UTC);
    }

    /** {@code 2026-11-24T10}. */
    @Override
    public String toString() {
        return start.toString().substring(0, "2026-11-24T10".length());
    }

    /**
     * Reads what {@code toString} writes.
     *
     * @throws java.time.DateTimeException when it is something else
     */
    public static LogHour parse(String text) {
        return new LogHour(Instant.parse(text + ":00:00Z"));
    }

    @Override
    public int compareTo(LogHour other) {
        return start.compareTo(other.start);
    }
}
