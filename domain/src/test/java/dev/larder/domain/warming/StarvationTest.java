package dev.larder.domain.warming;

import static dev.larder.domain.warming.Images.NOW;
import static dev.larder.domain.warming.Images.candidate;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.larder.domain.upstream.Circuit;
import dev.larder.domain.upstream.Share;
import dev.larder.domain.upstream.TokenBucket;
import dev.larder.events.WarmReason;
import dev.larder.events.image.ImageReference.Tagged;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Nobody waits for ever, however much the others want. */
class StarvationTest {
    private static final String UPSTREAM = "docker-hub";
    private static final Duration PERIOD = Duration.ofMinutes(15);

    /** 40 in 53 minutes and 20 seconds at most: the bucket holds 20, and each plan finds 5 more. */
    private static final Share SHARE = new Share(40, Duration.ofSeconds(3200));

    static final int CAPACITY = 20;
    private static final int EACH_PLAN = 5;
    private static final Candidates CANDIDATES =
            new Candidates(new Popular(5, 2, Duration.ofDays(14)), new Freshness(PERIOD), Candidates.LEAST_WORTH);
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

    @Property(tries = 30)
    void whoGotTheLeastOfWhatIsNotCachedIsNextHoweverManyTheOthersWant(
            @ForAll @Size(min = 1, max = 4) List<@IntRange(min = 1, max = 300) Integer> patterns,
            @ForAll @IntRange(max = 40) int late,
            @ForAll @IntRange(max = 20) int missed) {
        Map<String, Integer> wants = new TreeMap<>();
        for (int i = 0; i < patterns.size(); i++) {
            wants.put("a" + i, patterns.get(i));
        }
        Map<String, Integer> served = new HashMap<>();
        TokenBucket bucket = TokenBucket.holding(SHARE, 0, NOW);
        for (int plans = 0; plans < late + 2 * (patterns.size() + 1) + 2; plans++) {
            if (plans == late) {
                wants.put("z", 1);
            }
            Instant now = NOW.plus(PERIOD.multipliedBy(plans));
            List<Wanted> all = new ArrayList<>();
            wants.forEach((asker, images) -> IntStream.range(0, images)
                    .mapToObj(i -> pinned(asker, i, i < served.getOrDefault(asker, 0), now))
                    .forEach(all::add));
            IntStream.range(0, missed).mapToObj(i -> failed("probed", i, 0)).forEach(all::add);
            WarmPlan plan = plan(CANDIDATES.among(List.of(), all, List.of(), Map.of(), now), bucket, LIMITS, now);
            bucket = plan.buckets().get(UPSTREAM);
            for (Candidate order : plan.orders()) {
                assertEquals(WarmReason.PINNED, order.reason(), "what the file asks for goes first");
                String asker = ((Tagged) order.image()).tag().value().split("\\.", 2)[0];
                int others = wants.entrySet().stream()
                        .filter(other -> served.getOrDefault(other.getKey(), 0) < other.getValue())
                        .mapToInt(other -> served.getOrDefault(other.getKey(), 0))
                        .min()
                        .orElse(0);
                assertEquals(others, served.merge(asker, 1, Integer::sum) - 1, "another one got less than " + asker);
            }
            if (served.values().stream().mapToInt(Integer::intValue).sum()
                    == wants.values().stream().mapToInt(Integer::intValue).sum()) {
                return;
            }
        }
        assertEquals(1, served.getOrDefault("z", 0), "it waited for more than one of each other");
    }

    @Property(tries = 30)
    void whatFailedInOneRepositoryDoesNotWaitForWhatFailsInAnotherAgainAndAgain(
            @ForAll @IntRange(min = 1, max = 30) int eachPlan, @ForAll @IntRange(max = 200) int before) {
        int tried = before;
        TokenBucket bucket = TokenBucket.holding(SHARE, 0, NOW);
        for (int plans = 0; plans < 6; plans++) {
            Instant now = NOW.plus(PERIOD.multipliedBy(plans));
            List<Wanted> all = new ArrayList<>(List.of(failed("z", 0, 0)));
            for (int i = 0; i < tried + eachPlan; i++) {
                all.add(failed("a", i, i < tried ? 1 : 0));
            }
            WarmPlan plan = plan(CANDIDATES.among(List.of(), all, List.of(), Map.of(), now), bucket, LIMITS, now);
            bucket = plan.buckets().get(UPSTREAM);
            tried += plan.orders().size();
            if (plan.orders().stream().anyMatch(order -> order.image().equals(Images.image("z.0")))) {
                return;
            }
        }
        fail("it waits for what failed elsewhere");
    }

    @Property(tries = 50)
    void whatUsersWantIsOrderedHoweverMuchTheFileAsksFor(
            @ForAll @IntRange(max = 100_000) int start,
            @ForAll @IntRange(min = 1, max = 10) int pinnedCosts,
            @ForAll @IntRange(min = 1, max = 10) int cost) {
        List<Candidate> users = new ArrayList<>(List.of(missed(cost), candidate("popular", false, 1, cost, 1, NOW)));
        TokenBucket bucket = TokenBucket.holding(SHARE, 0, NOW);
        for (int plans = 0; !users.isEmpty(); plans++) {
            assertTrue(plans < 200, () -> users + " wait");
            Instant now = NOW.plus(PERIOD.multipliedBy((long) start + plans));
            List<Candidate> all = new ArrayList<>(users);
            for (int i = 0; i < 50; i++) {
                all.add(candidate("pinned" + plans + "." + i, true, 1, pinnedCosts, 1, NOW));
            }
            WarmPlan plan = WarmPlan.of(
                    all.stream()
                            .sorted(Candidate.byClaim(now).thenComparing(Candidate.BEST_FIRST))
                            .toList(),
                    candidate -> UPSTREAM,
                    Map.of(UPSTREAM, new Funds(Circuit.CLOSED, Optional.of(bucket))),
                    LIMITS,
                    now);
            bucket = plan.buckets().get(UPSTREAM);
            users.removeAll(plan.orders());
        }
    }

    private static Candidate missed(int cost) {
        Candidate asked = candidate("missed", true, 1, cost, 1, NOW);
        return new Candidate(
                asked.image(),
                asked.by(),
                WarmReason.FAILED_PULL,
                true,
                asked.saves(),
                asked.price(),
                asked.notBefore(),
                asked.refresh(),
                asked.turn(),
                asked.waiting(),
                asked.detail());
    }

    /** Nobody knows since when it is wanted. */
    private static Wanted pinned(String asker, int i, boolean served, Instant now) {
        String tag = asker + "." + i;
        return new Wanted(
                served ? Images.cached(tag, now) : Images.uncached(tag), WarmReason.PINNED, true, asker, 0, "pinned");
    }

    private static Wanted failed(String repository, int i, int failures) {
        Known image = Images.uncached(repository + "." + i);
        return new Wanted(
                failures == 0 ? image : Images.failed(image, new Backoff(failures, NOW)),
                WarmReason.FAILED_PULL,
                true,
                repository,
                1,
                "a pull failed");
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
