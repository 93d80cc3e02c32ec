package dev.larder.domain.warming;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    @Test
    void thePauseIsAnHourAndDoublesUpToADay() {
        assertEquals(
                List.of(1L, 2L, 4L, 8L, 16L, 24L, 24L),
                IntStream.rangeClosed(1, 7).mapToObj(n -> pause(n).toHours()).toList());
    }

    @Property
    void anotherFailureNeverShortensThePauseAndNoneIsLongerThanADay(@ForAll @IntRange(min = 1) int failures) {
        Duration pause = pause(failures);
        assertTrue(pause.compareTo(Backoff.FIRST) >= 0 && pause.compareTo(Backoff.LONGEST) <= 0, pause.toString());
        assertTrue(failures == 1 || pause(failures - 1).compareTo(pause) <= 0);
    }

    @Property
    void anImageThatFailsForEverIsTriedAtMostFiveTimesMoreThanOnceADay(@ForAll @IntRange(min = 1, max = 60) int days) {
        int tries = 0;
        Backoff backoff = null;
        for (Instant now = NOW; now.isBefore(NOW.plus(Duration.ofDays(days))); now = now.plus(Duration.ofHours(1))) {
            if (backoff == null || !backoff.holds(now)) {
                tries++;
                backoff = new Backoff(tries, now);
            }
        }
        assertTrue(tries >= days && tries <= days + 5, tries + " tries in " + days + " days");
    }

    @Test
    void itEndsAtItsLastMoment() {
        assertTrue(new Backoff(1, NOW).holds(NOW.plusSeconds(3_599)));
        assertFalse(new Backoff(1, NOW).holds(NOW.plusSeconds(3_600)));
        assertThrows(IllegalArgumentException.class, () -> new Backoff(0, NOW));
    }

    private static Duration pause(int failures) {
        return Duration.between(NOW, new Backoff(failures, NOW).until());
    }
}
