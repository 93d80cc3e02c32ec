package dev.larder.domain.warming;

import static dev.larder.domain.warming.Images.NOW;
import static dev.larder.domain.warming.Images.candidate;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.domain.upstream.Circuit;
import dev.larder.domain.upstream.Share;
import dev.larder.domain.upstream.TokenBucket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Nobody waits for ever, however much the others want. */
class StarvationTest {
    private static final String UPSTREAM = "docker-hub";
    private static final Duration PERIOD = Duration.ofMinutes(15);

    /** 40 an hour at most: the bucket holds 20, and each plan finds 5 more. */
    private static final Share SHARE = new Share(40, Duration.ofHours(1));

    static final int CAPACITY = 20;
    private static final int EACH_PLAN = 5;
    private static final WarmLimits LIMITS = new WarmLimits(500, Long.MAX_VALUE);

    @Property(tries = 200)
    void whateverIsAskedForIsOrderedInBoundedTime(
            @ForAll @Size(min = 1, max = 10) List<@IntRange(min = 1, max = 2 * CAPACITY) Integer> asked,
            @ForAll @IntRange(max = 30) int crowd,
            @ForAll @IntRange(min = 1, max = 3) int crowdCosts) {
        List<Candidate> open = new ArrayList<>();
        int bound = 1;
        for (int i = 0; i < asked.size(); i++) {
            open.add(candidate("asked" + i, true, 0.01, asked.get(i), 1, NOW.minusSeconds(asked.size() - i)));
            // what does not fit waits for an hour in which nothing is spent
            bound += Math.ceilDiv(asked.get(i), EACH_PLAN) + (asked.get(i) > CAPACITY ? 5 : 0);
        }
        TokenBucket bucket = TokenBucket.holding(SHARE, 0, NOW);
        int plans = 0;
        for (Instant now = NOW; !open.isEmpty(); now = now.plus(PERIOD)) {
            plans++;
            assertTrue(plans <= bound, open + " wait for more than " + bound + " plans");
            List<Candidate> all = new ArrayList<>(open);
            for (int i = 0; i < crowd; i++) {
                // cheap, worth far more, and some of them asked for too, only later
                all.add(candidate("crowd" + plans + "." + i, i % 2 == 0, 1000, crowdCosts, 1, now.plusSeconds(1)));
            }
            WarmPlan plan = plan(all, bucket, LIMITS, now);
            bucket = plan.buckets().get(UPSTREAM);
            open.removeAll(plan.orders());
        }
    }

    @Property
    void aDearImageIsNotStarvedByCheaperOnesBehindIt(
            @ForAll @IntRange(min = 1, max = CAPACITY) int dear,
            @ForAll @Size(max = 8) List<@IntRange(min = 1, max = 3) Integer> cheap) {
        List<Candidate> all = new ArrayList<>();
        all.add(candidate("dear", false, 1e6, dear, 1, NOW));
        for (int i = 0; i < cheap.size(); i++) {
            all.add(candidate("cheap" + i, false, 1, cheap.get(i), 1, NOW));
        }
        assertEquals(
                List.of(),
                plan(all, TokenBucket.holding(SHARE, dear - 0.5, NOW), LIMITS, NOW)
                        .orders());
    }

    @Property
    void onAFreshDayTheLargestThatFitsIsOrderedBeforeAllThatWereAskedForLater(
            @ForAll @IntRange(min = 1, max = 100) int bytes, @ForAll @IntRange(max = 50) int crowd) {
        List<Candidate> all = new ArrayList<>();
        all.add(candidate("large", true, 0.01, 1, bytes, NOW.minusSeconds(1)));
        for (int i = 0; i < crowd; i++) {
            all.add(candidate("small" + i, true, 1000, 0, 1, NOW));
        }
        WarmPlan plan = plan(all, TokenBucket.full(SHARE, NOW), new WarmLimits(1, bytes), NOW);
        assertEquals(Images.image("large"), plan.orders().getFirst().image());
    }

    private static WarmPlan plan(List<Candidate> all, TokenBucket bucket, WarmLimits limits, Instant now) {
        return WarmPlan.of(
                all.stream().sorted(Candidate.BEST_FIRST).toList(),
                candidate -> UPSTREAM,
                Map.of(UPSTREAM, new Funds(Circuit.CLOSED, Optional.of(bucket))),
                limits,
                now);
    }
}
