package dev.larder.domain.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private static final Instant START = Instant.parse("2026-11-24T00:00:00Z");
    private static final Duration WINDOW = Duration.ofHours(6);

    /** What is paid may be fetched 45 minutes later. */
    private static final Duration WITH_GRACE = WINDOW.plusMinutes(45);

    private record Spending(Instant at, int cost) {}

    @Property
    void tokensAreNeverBelowZeroNorAboveTheCapacity(
            @ForAll @IntRange(max = 500) int pulls,
            @ForAll @Size(max = 60) List<@IntRange(min = -30_000, max = 30_000) Integer> steps,
            @ForAll @IntRange(max = 60) int cost) {
        TokenBucket bucket = TokenBucket.full(new Share(pulls, WINDOW), START);
        Instant now = START;
        for (int step : steps) {
            now = now.plusSeconds(step);
            bucket = bucket.spend(cost, now).orElse(bucket.at(now));
            assertTrue(bucket.tokens() >= 0 && bucket.tokens() <= bucket.capacity(), bucket.toString());
        }
    }

    @Property
    void inNoWindowIsMoreSpentThanTheBudgetLessTheReserve(
            @ForAll @IntRange(min = 1, max = 500) int pulls,
            @ForAll @IntRange(max = 100) int reserve,
            @ForAll @Size(max = 80) List<@IntRange(min = 0, max = 30_000) Integer> steps,
            @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 60) Integer> costs) {
        Share share = Share.of(pulls, WINDOW, reserve);
        TokenBucket bucket = TokenBucket.full(share, START);
        List<Spending> spendings = new ArrayList<>();
        Instant now = START;
        for (int step : steps) {
            now = now.plusSeconds(step);
            int cost = costs.get(spendings.size() % costs.size());
            Optional<TokenBucket> after = bucket.spend(cost, now);
            if (after.isPresent()) {
                bucket = after.get();
                spendings.add(new Spending(now, cost));
            }
        }
        for (Spending first : spendings) {
            int spent = spendings.stream()
                    .filter(other -> !other.at().isBefore(first.at())
                            && other.at().isBefore(first.at().plus(WINDOW)))
                    .mapToInt(Spending::cost)
                    .sum();
            assertTrue(spent <= pulls * (100 - reserve) / 100.0 + 1e-6, spent + " spent of " + share);
        }
    }

    /** What is paid is fetched up to an eighth of a window later, as chance has it: the dear ones as well. */
    @Property
    void inNoWindowIsMoreFetchedThanTheShareHoweverLateWithinItsGrace(
            @ForAll @IntRange(min = 1, max = 100) int pulls,
            @ForAll @Size(max = 80) List<@IntRange(min = 0, max = 30_000) Integer> steps,
            @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 60) Integer> costs,
            @ForAll @Size(min = 1, max = 7) List<@IntRange(min = 0, max = 2_700) Integer> late) {
        Share share = new Share(pulls, WINDOW);
        TokenBucket bucket = TokenBucket.full(share, START);
        assertEquals(Duration.ofMinutes(45), bucket.grace());
        List<Spending> fetches = new ArrayList<>();
        Instant now = START;
        for (int step : steps) {
            now = now.plusSeconds(step);
            int cost = costs.get(fetches.size() % costs.size());
            Optional<TokenBucket> after = bucket.spend(cost, now);
            if (after.isPresent()) {
                bucket = after.get();
                fetches.add(new Spending(now.plusSeconds(late.get(fetches.size() % late.size())), cost));
            }
        }
        for (Spending first : fetches) {
            int fetched = fetches.stream()
                    .filter(other -> !other.at().isBefore(first.at())
                            && other.at().isBefore(first.at().plus(WINDOW)))
                    .mapToInt(Spending::cost)
                    .sum();
            assertTrue(fetched <= pulls, fetched + " fetched of " + share);
        }
    }

    @Property
    void whatIsReadBackFitsTheBucketOfTheDay(@ForAll @IntRange(max = 500) int pulls, @ForAll double stored) {
        TokenBucket bucket = TokenBucket.holding(new Share(pulls, WINDOW), Double.isNaN(stored) ? 0 : stored, START);
        assertTrue(bucket.tokens() >= 0 && bucket.tokens() <= bucket.capacity());
    }

    @Test
    void halfOfTheShareCanBeSpentAtOnceAndTheOtherHalfComesBackInAWindow() {
        TokenBucket bucket = TokenBucket.full(Share.of(200, WINDOW, 50), START);
        assertEquals(Optional.empty(), bucket.spend(51, START));
        TokenBucket empty = bucket.spend(50, START).orElseThrow();
        assertEquals(0, empty.tokens());
        assertEquals(25, empty.at(START.plus(WITH_GRACE.dividedBy(2))).tokens(), 1e-9);
    }

    @Test
    void whatCostsMoreThanHalfOfTheShareWaitsForAWholeWindowWithoutSpending() {
        TokenBucket spent = TokenBucket.full(Share.of(10, WINDOW, 50), START)
                .spend(1, START)
                .orElseThrow();
        assertEquals(Optional.empty(), spent.spend(5, START.plus(WITH_GRACE).minusSeconds(1)));
        TokenBucket owing = spent.spend(5, START.plus(WITH_GRACE)).orElseThrow();
        assertEquals(0, owing.tokens());
        assertEquals(Optional.empty(), owing.spend(1, START.plus(WITH_GRACE)));
        assertEquals(Optional.empty(), spent.spend(6, START.plus(WINDOW.multipliedBy(9))), "more than the share");
    }

    @Test
    void whatCostsMoreThanHalfOfTheShareIsSpentUnderAReportThatLeavesAsMuch() {
        Share share = Share.of(200, WINDOW, 85);
        Instant idle = START.plus(WITH_GRACE);
        TokenBucket bucket = TokenBucket.under(List.of(share), 15, START, 30);
        assertEquals(30, bucket.dearest());
        assertEquals(Optional.empty(), bucket.spend(17, idle.minusSeconds(1)));
        TokenBucket spent = bucket.spend(17, idle).orElseThrow();
        assertEquals(13, spent.ceiling());
        assertEquals(0, spent.tokens());
        TokenBucket used = TokenBucket.under(List.of(share), 15, START, 16);
        assertEquals(Optional.empty(), used.spend(17, idle), "others have used the upstream");
        assertTrue(used.isReportedLess(17) && !bucket.isReportedLess(17));
    }

    @Test
    void aClockThatGoesBackAddsNothing() {
        TokenBucket empty =
                TokenBucket.full(new Share(10, WINDOW), START).spend(5, START).orElseThrow();
        assertEquals(empty, empty.at(START.minusSeconds(3600)));
    }
}
