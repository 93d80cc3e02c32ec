package dev.larder.domain.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class UsageBucketTest {
    @Property
    void aPullLiesInItsShard(
            @ForAll @LongRange(min = -1_000_000_000L, max = 4_000_000_000L) long second,
            @ForAll @IntRange(min = 0, max = 999_999_999) int nano) {
        Instant time = Instant.ofEpochSecond(second, nano);
        UsageBucket bucket = UsageBucket.of(time);
        assertFalse(time.isBefore(bucket.time()));
        assertTrue(time.isBefore(bucket.time().plus(UsageBucket.SHARD)));
        assertEquals(bucket, UsageBucket.parse(bucket.toString()));
    }

    @Property
    void theOrderOfTheTextsIsTheOrderOfTime(
            @ForAll @LongRange(min = 0, max = 4_000_000_000L) long one,
            @ForAll @LongRange(min = 0, max = 4_000_000_000L) long other) {
        UsageBucket first = UsageBucket.of(Instant.ofEpochSecond(one));
        UsageBucket second = UsageBucket.of(Instant.ofEpochSecond(other));
        assertEquals(
                Integer.signum(first.compareTo(second)),
                Integer.signum(first.toString().compareTo(second.toString())));
    }

    @Test
    void aBucketStartsWithItsDay() {
        UsageBucket bucket = UsageBucket.of(Instant.parse("2026-11-24T10:16:13.9Z"));
        assertEquals("2026-11-24T10:15:00Z#07", bucket.toString());
        assertTrue(bucket.toString().startsWith(bucket.day().toString()));
    }

    @Test
    void whatIsNoBucketIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> UsageBucket.parse("2026-11-24T10:15:00Z"));
        assertThrows(IllegalArgumentException.class, () -> UsageBucket.parse("2026-11-24T10:16:00Z#07"));
        assertThrows(IllegalArgumentException.class, () -> UsageBucket.parse("2026-11-24T10:15:00Z#30"));
    }

    @Test
    void aHashIsTheStartOfTheSha256() {
        // printf abc | sha256sum
        assertEquals("ba7816bf8f01cfea", EventHash.of("abc").toString());
        assertEquals(EventHash.of("abc"), EventHash.ofBytes(EventHash.of("abc").bytes()));
    }
}
