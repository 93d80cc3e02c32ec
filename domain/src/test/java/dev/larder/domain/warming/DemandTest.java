package dev.larder.domain.warming;

import static dev.larder.domain.warming.Images.NOW;
import static dev.larder.domain.warming.Images.demand;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class DemandTest {
    private static final Duration DAY = Duration.ofDays(1);

    @Property
    void itsChancesAreChancesAndFallWithSilence(
            @ForAll @IntRange(min = 1) int one,
            @ForAll @IntRange(min = 1) int other,
            @ForAll @LongRange(min = 1) long pulls,
            @ForAll @LongRange(min = -1_000_000_000L, max = 100_000_000_000L) long silent,
            @ForAll @LongRange(min = 1, max = 100_000_000) long longer,
            @ForAll @LongRange(max = 100_000_000_000L) long time) {
        Demand demand = demand(Math.min(one, other), Math.max(one, other), pulls, NOW);
        double alive = chance(demand.alive(NOW.plusSeconds(silent)));
        double within = chance(demand.within(Duration.ofSeconds(time), NOW.plusSeconds(silent)));
        assertTrue(within <= alive);
        assertTrue(demand.alive(NOW.plusSeconds(silent + longer)) <= alive);
        assertTrue(demand.within(Duration.ofSeconds(time), NOW.plusSeconds(silent + longer)) <= within);
        assertTrue(demand.within(Duration.ofSeconds(time + longer), NOW.plusSeconds(silent)) >= within);
    }

    @Property
    void whoIsPulledOnMoreDaysIsLikelierToBePulledTomorrow(
            @ForAll @IntRange(min = 2, max = 28) int days, @ForAll @IntRange(min = 1, max = 27) int active) {
        int fewer = Math.min(active, days - 1);
        assertTrue(demand(fewer + 1, days, 100, NOW).within(DAY, NOW)
                > demand(fewer, days, 100, NOW).within(DAY, NOW));
    }

    @Property
    void silenceSaysMoreOfWhoIsPulledOften(
            @ForAll @IntRange(min = 2, max = 28) int days,
            @ForAll @IntRange(min = 1, max = 27) int active,
            @ForAll @IntRange(min = 1, max = 28) int silentDays) {
        int fewer = Math.min(active, days - 1);
        Instant now = NOW.plus(Duration.ofDays(silentDays));
        assertTrue(demand(fewer + 1, days, 100, NOW).alive(now)
                <= demand(fewer, days, 100, NOW).alive(now));
    }

    @Test
    void aHabitOfEveryDayIsNearlySureToGoOnAndASingleDaySaysLittle() {
        assertTrue(demand(28, 28, 500, NOW).within(DAY, NOW) > 0.95);
        double once = demand(1, 1, 500, NOW).within(DAY, NOW);
        assertTrue(once > 0.3 && once < 0.6, () -> "after one day: " + once);
    }

    @Test
    void itIsReadFromTheDaysThatHavePulls() {
        LocalDate first = LocalDate.parse("2026-11-01");
        Demand demand = Demand.of(new TreeMap<>(Map.of(first, 3L, first.plusDays(9), 4L)), NOW);
        assertEquals(
                List.of(2, 10, 7L, NOW), List.of(demand.activeDays(), demand.days(), demand.pulls(), demand.last()));
        assertEquals(
                List.of(7L, 4L, 4L, 0L),
                IntStream.of(0, 1, 9, 10)
                        .mapToObj(day -> demand.pullsSince(first.plusDays(day)))
                        .toList());
        assertThrows(IllegalArgumentException.class, () -> Demand.of(new TreeMap<>(), NOW));
    }

    @Test
    void thereIsNoDemandWithoutADayOrAPull() {
        for (List<Integer> wrong : List.of(List.of(0, 1, 1), List.of(2, 1, 2), List.of(1, 1, 0))) {
            assertThrows(IllegalArgumentException.class, () -> demand(wrong.get(0), wrong.get(1), wrong.get(2), NOW));
        }
    }

    private static double chance(double value) {
        assertTrue(value >= 0 && value <= 1, () -> value + " is not a chance");
        return value;
    }
}
