package dev.larder.domain.warming;

import static dev.larder.domain.warming.Images.NOW;
import static dev.larder.domain.warming.Images.cached;
import static dev.larder.domain.warming.Images.failed;
import static dev.larder.domain.warming.Images.moved;
import static dev.larder.domain.warming.Images.uncached;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.events.WarmReason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class FreshnessTest {
    private static final Duration PERIOD = Duration.ofMinutes(15);
    private static final Freshness FRESHNESS = new Freshness(PERIOD);
    private static final Duration DAY = Duration.ofHours(24);

    @Property
    void aCheckIsNeverOrderedForATimeAtWhichEcrTrustsItsLastOne(
            @ForAll @LongRange(min = 85_000, max = 88_000) long secondsAgo) {
        Known image = cached("1", NOW.minusSeconds(secondsAgo));
        if (FRESHNESS.isDue(image, NOW)) {
            Candidate candidate = order(image, NOW);
            assertFalse(candidate.refresh());
            assertFalse(candidate.notBefore().isBefore(NOW));
            assertTrue(
                    candidate.notBefore().isAfter(NOW.minusSeconds(secondsAgo).plus(DAY)));
        }
    }

    @Property
    void eachCheckIsOrderedOnceAndTheNextPlanIsNeverTooLateForIt(
            @ForAll @LongRange(max = 90_000) long firstAgo, @ForAll @IntRange(min = 1, max = 15) int minutes) {
        Duration period = Duration.ofMinutes(minutes);
        Freshness freshness = new Freshness(period);
        Instant checkedAt = NOW.minusSeconds(firstAgo);
        List<Instant> checks = new ArrayList<>(List.of(checkedAt));
        for (Instant now = NOW; now.isBefore(NOW.plus(Duration.ofDays(4))); now = now.plus(period)) {
            Known image = cached("1", checkedAt);
            if (freshness.isDue(image, now)) {
                checkedAt = freshness
                        .candidate(image, WarmReason.POPULAR, false, 1, "", now)
                        .notBefore();
                assertFalse(checkedAt.isAfter(now.plus(period)), "the order waits beyond the next plan");
                checks.add(checkedAt);
            }
        }
        for (int i = 1; i < checks.size(); i++) {
            Duration apart = Duration.between(checks.get(i - 1), checks.get(i));
            Duration late = i == 1 && firstAgo > DAY.toSeconds() ? Duration.ofDays(1) : Duration.ofSeconds(2);
            assertTrue(apart.compareTo(DAY) > 0 && apart.compareTo(DAY.plus(late)) <= 0, () -> checks.toString());
        }
        assertTrue(checks.size() >= 4);
    }

    @Test
    void whatIsNotCachedIsImportedAtOnce() {
        Candidate candidate = order(uncached("1"), NOW);
        assertEquals(WarmReason.POPULAR, candidate.reason());
        assertEquals(NOW, candidate.notBefore());
        assertFalse(candidate.refresh());
    }

    @Test
    void aTagThatIsKnownToHaveMovedIsForcedForwardWhileEcrTrustsItsLastCheck() {
        Known image = moved(cached("1", NOW.minus(Duration.ofHours(3))));
        assertTrue(FRESHNESS.isDue(image, NOW));
        assertTrue(order(image, NOW).refresh());
        assertEquals(NOW, order(image, NOW).notBefore());
    }

    @Test
    void aTagThatIsKnownToHaveMovedNeedsNoForceOnceTheCheckHasRunOut() {
        Known image = moved(cached("1", NOW.minus(Duration.ofHours(25))));
        assertFalse(order(image, NOW).refresh());
    }

    @Test
    void whatRunsOutAfterTheNextPlanIsLeftToIt() {
        Duration almost = DAY.plus(Freshness.AFTER).minus(PERIOD);
        assertTrue(FRESHNESS.isDue(cached("1", NOW.minus(almost)), NOW));
        assertFalse(FRESHNESS.isDue(cached("1", NOW.minus(almost).plusSeconds(1)), NOW));
    }

    @Test
    void whatFailedForAReasonOfItsOwnIsLeftAloneForAWhile() {
        Backoff backoff = new Backoff(3, NOW);
        Known image = failed(uncached("1"), backoff);
        assertFalse(FRESHNESS.isDue(image, backoff.until().minusSeconds(1)));
        assertTrue(FRESHNESS.isDue(image, backoff.until()));
    }

    private static Candidate order(Known image, Instant now) {
        return FRESHNESS.candidate(image, WarmReason.POPULAR, false, 0.5, "a test pulls it", now);
    }
}
