package dev.larder.domain.warming;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class DeferralTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    @Property
    void everyPauseIsOneThatTheQueueCanHoldAndNoneIsShort(
            @ForAll @LongRange(min = 0, max = 21_600_000) long age,
            @ForAll @LongRange(min = -3_600_000, max = 86_400_000) long until,
            @ForAll @DoubleRange(min = 0, max = 1) double random) {
        Instant now = NOON.plusMillis(age);
        Duration pause = Deferral.pause(NOON, Deferral.GIVEN_UP, now, random).orElseThrow();
        Duration waiting = Deferral.pauseUntil(now.plusMillis(until), NOON, Deferral.GIVEN_UP, now, random)
                .orElseThrow();
        for (Duration one : new Duration[] {pause, waiting}) {
            assertFalse(one.compareTo(Deferral.SHORTEST) < 0, one::toString);
            assertFalse(one.compareTo(Deferral.LONGEST) > 0, one::toString);
        }
        assertTrue(
                waiting.toMillis() >= Math.min(until, Deferral.LONGEST.toMillis()),
                () -> waiting + " before " + until + " ms");
    }

    @Test
    void anOldOrderIsGivenUp() {
        Instant late = NOON.plus(Deferral.GIVEN_UP).plusMillis(1);
        assertEquals(Optional.empty(), Deferral.pause(NOON, Deferral.GIVEN_UP, late, 0.5));
        assertEquals(Optional.empty(), Deferral.pauseUntil(late.plusSeconds(60), NOON, Deferral.GIVEN_UP, late, 0.5));
    }

    @Property(tries = 100)
    void anOrderComesSomeFiftyTimesBeforeItIsGivenUp(@ForAll long seed) {
        Random random = new Random(seed);
        Instant now = NOON;
        int times = 0;
        for (Optional<Duration> pause = Deferral.pause(NOON, Deferral.GIVEN_UP, now, random.nextDouble());
                pause.isPresent();
                pause = Deferral.pause(NOON, Deferral.GIVEN_UP, now, random.nextDouble())) {
            now = now.plus(pause.get());
            times++;
        }
        assertTrue(times > 20 && times < 120, times + " times");
    }
}
