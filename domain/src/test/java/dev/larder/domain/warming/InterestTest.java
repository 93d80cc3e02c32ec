package dev.larder.domain.warming;

import static dev.larder.domain.warming.Images.NOW;
import static dev.larder.domain.warming.Images.REPOSITORY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class InterestTest {
    private static final long MONTH = 30 * 86_400L;

    @Property
    void aLaterListIsNeverReadAgainEarlier(
            @ForAll @LongRange(max = MONTH) long listed,
            @ForAll @LongRange(max = MONTH) long later,
            @ForAll @LongRange(max = MONTH) long moved,
            @ForAll boolean tells) {
        Optional<Instant> sign = Optional.of(NOW.plusSeconds(moved));
        assertNotBefore(due(listed + later, sign, tells), due(listed, sign, tells));
    }

    @Property
    void aSignNeverDelaysAndTheLastListIsLeftToSettle(
            @ForAll @LongRange(max = MONTH) long listed,
            @ForAll @LongRange(max = MONTH) long moved,
            @ForAll boolean tells) {
        Instant due = due(listed, Optional.of(NOW.plusSeconds(moved)), tells);
        assertNotBefore(due(listed, Optional.empty(), tells), due);
        assertNotBefore(due, NOW.plusSeconds(listed).plus(Duration.ofHours(6)));
    }

    @Property
    void whereSignsAreToBeExpectedTheListIsReadLessOften(@ForAll @LongRange(max = MONTH) long listed) {
        assertNotBefore(due(listed, Optional.empty(), true), due(listed, Optional.empty(), false));
    }

    @Test
    void aListThatWasNeverReadIsDueAtOnce() {
        assertEquals(Instant.EPOCH, new Interest(REPOSITORY, Optional.empty(), Optional.of(NOW), true).due());
    }

    @Test
    void aSignFromBeforeTheListIsNone() {
        assertEquals(due(10, Optional.empty(), true), due(10, Optional.of(NOW.plusSeconds(10)), true));
    }

    private static Instant due(long listed, Optional<Instant> moved, boolean tells) {
        return new Interest(REPOSITORY, Optional.of(NOW.plusSeconds(listed)), moved, tells).due();
    }

    private static void assertNotBefore(Instant one, Instant other) {
        assertFalse(one.isBefore(other), () -> one + " is before " + other);
    }
}
