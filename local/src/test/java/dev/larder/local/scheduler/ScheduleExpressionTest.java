package dev.larder.local.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleExpressionTest {
    /** A Tuesday. */
    private static final Instant NOW = Instant.parse("2026-11-24T12:30:00Z");

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            rate(1 hour);               2026-11-24T13:30:00Z
            rate(5 minutes);            2026-11-24T12:35:00Z
            rate(2 days);               2026-11-26T12:30:00Z
            cron(0 3 * * ? *);          2026-11-25T03:00:00Z
            cron(30 12 * * ? *);        2026-11-25T12:30:00Z
            cron(0/15 * * * ? *);       2026-11-24T12:45:00Z
            cron(0 9 ? * MON-FRI *);    2026-11-25T09:00:00Z
            cron(0 9 ? * 1 *);          2026-11-29T09:00:00Z
            cron(0 9 1 * ? *);          2026-12-01T09:00:00Z
            cron(0 9 L * ? *);          2026-11-30T09:00:00Z
            cron(0 9 29W * ? *);        2026-11-30T09:00:00Z
            cron(0 9 ? * FRI#1 *);      2026-12-04T09:00:00Z
            cron(0 9 ? * 6L *);         2026-11-27T09:00:00Z
            cron(0 0 29 FEB ? *);       2028-02-29T00:00:00Z
            at(2026-12-24T18:00:00);    2026-12-24T18:00:00Z
            """)
    void theNextTimeIsTheOneThatTheCalendarHas(String expression, Instant expected) {
        assertEquals(Optional.of(expected), parse(expression).nextAfter(NOW));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hourly",
                "rate(0 hours)",
                "rate(1 week)",
                "cron(0 3 * * *)",
                "cron(0 3 * * * *)",
                "cron(61 3 * * ? *)",
                "cron(0 3 ? * 6#7 *)",
                "cron(0 3 ? * ? *)",
                "at(tomorrow)"
            })
    void whatIsNoScheduleIsRefusedWithWhatWasFound(String expression) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> parse(expression));
        assertTrue(e.getMessage().contains("'"), e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = "at(2026-11-24T12:30:00)")
    void aTimeThatHasPassedNeverComes(String expression) {
        assertEquals(Optional.empty(), parse(expression).nextAfter(NOW));
    }

    @ParameterizedTest
    @CsvSource({"2026-03-28T12:00:00Z, 2026-03-29T07:00:00Z", "2026-10-24T12:00:00Z, 2026-10-25T08:00:00Z"})
    void aZoneWithSummerTimeKeepsTheHourOnItsWalls(Instant before, Instant expected) {
        ScheduleExpression nine = ScheduleExpression.parse("cron(0 9 * * ? *)", ZoneId.of("Europe/Berlin"), NOW);
        assertEquals(Optional.of(expected), nine.nextAfter(before));
    }

    @Property
    void aRateFiresOncePerPeriodWhateverTheStart(
            @ForAll @IntRange(min = 1, max = 5000) int minutes,
            @ForAll @LongRange(min = 0, max = 100_000_000) long after) {
        ScheduleExpression rate = parse("rate(" + minutes + " minutes)");
        Instant time = NOW.plusSeconds(after);
        Instant next = rate.nextAfter(time).orElseThrow();
        assertTrue(next.isAfter(time) && !next.isAfter(time.plusSeconds(60L * minutes)));
        assertEquals(0, (next.getEpochSecond() - NOW.getEpochSecond()) % (60L * minutes));
    }

    private static ScheduleExpression parse(String expression) {
        return ScheduleExpression.parse(expression, ZoneOffset.UTC, NOW);
    }
}
