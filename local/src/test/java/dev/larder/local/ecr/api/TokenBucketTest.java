package dev.larder.local.ecr.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private long nanos = Long.MAX_VALUE - 1_000;

    @Test
    void itHoldsTheCallsOfOneSecondAndIsFilledAtItsRate() {
        TokenBucket bucket = bucket(10);
        assertEquals(10, taken(bucket));
        after(Duration.ofMillis(99));
        assertEquals(0, taken(bucket));
        after(Duration.ofMillis(1));
        assertEquals(1, taken(bucket));
        after(Duration.ofMillis(500));
        assertEquals(5, taken(bucket));
    }

    @Test
    void whatIsNotTakenInAMinuteIsNoMoreThanASecondsCalls() {
        TokenBucket bucket = bucket(10);
        after(Duration.ofMinutes(1));
        assertEquals(10, taken(bucket));
    }

    @Test
    void overAMinuteItLetsTheRateThroughHoweverOftenItIsAsked() {
        TokenBucket bucket = bucket(3);
        int taken = taken(bucket);
        for (int i = 0; i < 6_000; i++) {
            after(Duration.ofMillis(10));
            taken += taken(bucket);
        }
        assertEquals(3 + 60 * 3, taken);
    }

    @Test
    void aCallInTwoSecondsIsARateToo() {
        TokenBucket bucket = bucket(0.5);
        assertTrue(bucket.take());
        after(Duration.ofMillis(1_999));
        assertFalse(bucket.take());
        after(Duration.ofMillis(1));
        assertTrue(bucket.take());
    }

    private TokenBucket bucket(double perSecond) {
        return new TokenBucket(perSecond, () -> nanos);
    }

    /** Past the largest number, as {@code System.nanoTime} may go. */
    private void after(Duration time) {
        nanos += time.toNanos();
    }

    private static int taken(TokenBucket bucket) {
        int taken = 0;
        while (bucket.take()) {
            taken++;
        }
        return taken;
    }
}
