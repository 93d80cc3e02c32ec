package dev.larder.domain.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AllowanceTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final Duration WINDOW = Duration.ofHours(6);
    private static final StatedLimit FILE = new StatedLimit(200, WINDOW, 50);

    private static TokenBucket bucket(StatedLimit stated, LimitReport reported) {
        return new Allowance(Optional.ofNullable(stated), Optional.ofNullable(reported))
                .bucket(NOON)
                .orElseThrow();
    }

    private static LimitReport report(int limit, int remaining) {
        return LimitReport.of(new ReportedLimit(limit, remaining, WINDOW), NOON);
    }

    @Test
    void withNeitherFileNorReportNoLimitIsKnown() {
        assertEquals(Optional.empty(), new Allowance(Optional.empty(), Optional.empty()).bucket(NOON));
    }

    @Test
    void theSmallerLimitCounts() {
        assertEquals(50, bucket(FILE, null).tokens());
        assertEquals(25, bucket(FILE, report(100, 100)).tokens(), "the upstream's is smaller");
        assertEquals(50, bucket(FILE, report(1000, 1000)).tokens(), "the file's is smaller");
    }

    @Test
    void limitsOfDifferentWindowsBothHold() {
        LimitReport perHour = LimitReport.of(new ReportedLimit(60, 60, Duration.ofHours(1)), NOON);
        TokenBucket both = bucket(FILE, perHour);
        assertEquals(15, both.capacity(), "half of 30, the share of 60; the file would allow 50");
        assertEquals(WINDOW.plusMinutes(45), both.window(), "50 in 6 hours come back more slowly than 15 in one");
        assertEquals(50, both.refill());
    }

    @Test
    void withoutABudgetInTheFileHalfOfTheReportedLimitIsKeptForUsers() {
        assertEquals(25, bucket(null, report(100, 100)).tokens());
    }

    @Test
    void whatTheUpstreamHasLeftLessTheReserveIsTheMost() {
        assertEquals(10, bucket(FILE, report(200, 110)).tokens());
        assertEquals(0, bucket(FILE, report(200, 100)).tokens());
        assertEquals(0, bucket(FILE, report(200, 0)).tokens());
    }

    @Test
    void whatWasSpentSinceTheReportIsTakenOffAndNothingComesBackBeforeTheNextOne() {
        TokenBucket left = bucket(FILE, report(200, 110)).spend(7, NOON).orElseThrow();
        assertEquals(3, left.tokens());
        assertEquals(3, left.at(NOON.plus(Duration.ofHours(5))).tokens());
        LimitReport after = new Allowance(Optional.of(FILE), Optional.of(report(200, 110)))
                .reported(left)
                .orElseThrow();
        assertEquals(7, after.spent());
        Allowance later = new Allowance(Optional.of(FILE), Optional.of(after));
        assertEquals(
                3,
                later.bucket(left.level(), left.at(), NOON).orElseThrow().tokens(),
                "as it was written and read back");
    }

    @Test
    void aReportThatIsOlderThanItsWindowIsForgotten() {
        Allowance allowance = new Allowance(Optional.of(FILE), Optional.of(report(200, 0)));
        assertEquals(
                0,
                allowance
                        .bucket(NOON.plus(WINDOW).minusSeconds(1))
                        .orElseThrow()
                        .tokens());
        assertEquals(50, allowance.bucket(NOON.plus(WINDOW)).orElseThrow().tokens());
        assertEquals(50, allowance.bucket(NOON.minus(WINDOW)).orElseThrow().tokens(), "made under a wrong clock");
    }

    @Test
    void aLimitThatWasReportedHoldsWhenWhatWasLeftOfItIsLongForgotten() {
        Allowance allowance = new Allowance(Optional.empty(), Optional.of(report(100, 0)));
        Instant later = NOON.plus(Allowance.REMEMBERED);
        assertEquals(25, allowance.bucket(NOON.plus(WINDOW)).orElseThrow().tokens());
        assertEquals(25, allowance.bucket(later).orElseThrow().tokens());
        assertEquals(Optional.empty(), allowance.bucket(later.plusSeconds(1)));
        assertEquals(Optional.empty(), allowance.bucket(NOON.minus(WINDOW)), "made under a wrong clock");
    }

    @Test
    void aLimitThatLeavesLarderNothingIsForgottenWithItsWindow() {
        Allowance allowance = new Allowance(Optional.empty(), Optional.of(report(1, 1)));
        assertEquals(0, allowance.bucket(NOON).orElseThrow().capacity());
        assertEquals(Optional.empty(), allowance.bucket(NOON.plus(WINDOW)), "the upstream can be asked again");
    }

    @Test
    void aReportOfALongerWindowThanThereAreIsPassedOverWhereOneIsKeptFromBefore() {
        LimitReport month = LimitReport.of(new ReportedLimit(100, 0, Duration.ofDays(31)), NOON);
        assertEquals(50, bucket(FILE, month).tokens());
        assertEquals(Optional.empty(), new Allowance(Optional.empty(), Optional.of(month)).bucket(NOON));
    }

    @Test
    void aReserveOfAllLeavesNothing() {
        StatedLimit none = new StatedLimit(200, WINDOW, 100);
        assertTrue(bucket(none, report(200, 200)).spend(1, NOON).isEmpty());
        assertEquals(0, bucket(none, null).capacity());
    }
}
