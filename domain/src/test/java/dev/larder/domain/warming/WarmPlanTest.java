package dev.larder.domain.warming;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.domain.upstream.Circuit;
import dev.larder.domain.upstream.FailureKind;
import dev.larder.domain.upstream.Share;
import dev.larder.domain.upstream.TokenBucket;
import dev.larder.events.WarmReason;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Tagged;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class WarmPlanTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final Duration WINDOW = Duration.ofHours(6);
    private static final Tagged PIN = image(0);
    private static final Candidates CANDIDATES =
            new Candidates(Set.of(PIN), 3, Duration.ofDays(14), Duration.ofHours(2));

    @Property
    void runsTogetherNeverSpendMoreThanTheBudgetLessTheReserve(
            @ForAll @IntRange(max = 400) int pulls,
            @ForAll @IntRange(max = 100) int reserve,
            @ForAll @Size(max = 12) List<@Size(max = 8) List<@IntRange(min = 1, max = 30) Integer>> runs,
            @ForAll @IntRange(min = 1, max = 200) int minutes) {
        Share share = Share.of(pulls, WINDOW, reserve);
        TokenBucket bucket = TokenBucket.full(share, NOW);
        List<Instant> when = new ArrayList<>();
        List<Integer> spent = new ArrayList<>();
        Instant now = NOW;
        for (List<Integer> costs : runs) {
            now = now.plus(Duration.ofMinutes(minutes));
            WarmPlan plan = WarmPlan.of(candidates(costs), new Funds(Circuit.CLOSED, Optional.of(bucket)), now);
            bucket = plan.bucket().orElseThrow();
            when.add(now);
            spent.add(plan.orders().stream().mapToInt(Candidate::cost).sum());
            assertEquals(costs.size(), plan.orders().size() + plan.left().size());
        }
        for (int i = 0; i < when.size(); i++) {
            int inWindow = 0;
            for (int j = i; j < when.size() && when.get(j).isBefore(when.get(i).plus(WINDOW)); j++) {
                inWindow += spent.get(j);
            }
            assertTrue(inWindow <= pulls * (100 - reserve) / 100.0 + 1e-6, inWindow + " of " + share);
        }
    }

    @Property
    void noImageIsOrderedTwice(@ForAll @Size(max = 20) List<@IntRange(max = 9) Integer> names) {
        List<Known> known = names.stream().map(name -> known(name, false, 5)).toList();
        List<Candidate> among = CANDIDATES.among(known, NOW);
        assertEquals(new HashSet<>(among).size(), among.size());
    }

    @Property
    void aDearImageIsNotStarvedByCheaperOnesBehindIt(
            @ForAll @IntRange(min = 1, max = 10) int dear,
            @ForAll @Size(max = 8) List<@IntRange(min = 1, max = 3) Integer> cheap) {
        List<Integer> costs = new ArrayList<>(List.of(dear));
        costs.addAll(cheap);
        Funds funds =
                new Funds(Circuit.CLOSED, Optional.of(TokenBucket.holding(new Share(20, WINDOW), dear - 0.5, NOW)));
        assertEquals(List.of(), WarmPlan.of(candidates(costs), funds, NOW).orders());
    }

    @Test
    void anOpenCircuitGetsNothingAndAHalfOpenOneAProbe() {
        Circuit open = Circuit.CLOSED.failed(FailureKind.UPSTREAM_LIMIT, NOW);
        Funds funds = new Funds(open, Optional.empty());
        List<Candidate> two = candidates(List.of(1, 1));
        assertEquals(0, WarmPlan.of(two, funds, NOW).orders().size());
        assertEquals(
                1,
                WarmPlan.of(two, funds, open.openUntil().orElseThrow()).orders().size());
    }

    @Test
    void whatCostsMoreThanTheBudgetEverHoldsDoesNotBlockTheOthers() {
        Funds funds = new Funds(Circuit.CLOSED, Optional.of(TokenBucket.full(new Share(10, WINDOW), NOW)));
        WarmPlan plan = WarmPlan.of(candidates(List.of(6, 2)), funds, NOW);
        assertEquals(
                List.of(image(1)), plan.orders().stream().map(Candidate::image).toList());
    }

    @Test
    void aPinThatIsNotCachedIsACandidateThoughNobodyPulledIt() {
        Known pin = new Known(
                PIN, false, Optional.empty(), Optional.empty(), 0, OptionalDouble.empty(), Optional.empty(), 2);
        assertEquals(
                WarmReason.PINNED, CANDIDATES.consider(pin, NOW).orElseThrow().reason());
    }

    @Test
    void aPopularImageIsRefreshedBeforeItsCheckIsADayOld() {
        assertEquals(Optional.empty(), CANDIDATES.consider(cached(NOW.minus(Duration.ofHours(21))), NOW));
        assertEquals(
                WarmReason.STALE,
                CANDIDATES
                        .consider(cached(NOW.minus(Duration.ofHours(22))), NOW)
                        .orElseThrow()
                        .reason());
    }

    @Test
    void whatNobodyPulledLatelyOrOftenIsLeftAlone() {
        assertEquals(Optional.empty(), CANDIDATES.consider(known(3, false, 2), NOW));
        Known old = new Known(
                image(3),
                false,
                Optional.empty(),
                Optional.of(NOW.minus(Duration.ofDays(15))),
                99,
                OptionalDouble.of(3),
                Optional.empty(),
                1);
        assertEquals(Optional.empty(), CANDIDATES.consider(old, NOW));
    }

    @Test
    void pinsComeFirstThenWhatSavesMostForItsCost() {
        Known dear = new Known(
                image(1), false, Optional.empty(), Optional.of(NOW), 9, OptionalDouble.of(4), Optional.empty(), 8);
        Known cheap = new Known(
                image(2), false, Optional.empty(), Optional.of(NOW), 9, OptionalDouble.of(3), Optional.empty(), 1);
        Known pin = new Known(
                PIN, false, Optional.empty(), Optional.empty(), 0, OptionalDouble.empty(), Optional.empty(), 8);
        assertEquals(
                List.of(PIN, image(2), image(1)),
                CANDIDATES.among(List.of(dear, cheap, pin), NOW).stream()
                        .map(Candidate::image)
                        .toList());
    }

    @Test
    void whatFailedForAReasonOfItsOwnWaitsThoughItIsPinned() {
        Backoff backoff = new Backoff(3, NOW);
        Known pin = new Known(
                PIN, false, Optional.empty(), Optional.empty(), 0, OptionalDouble.empty(), Optional.of(backoff), 2);
        assertEquals(Optional.empty(), CANDIDATES.consider(pin, NOW.plus(Duration.ofHours(3))));
        assertTrue(CANDIDATES.consider(pin, backoff.until()).isPresent());
    }

    @Test
    void aLeaseIsOverOnceItHasRunOut() {
        Lease lease = Lease.from("one", NOW);
        assertTrue(!lease.isOver(NOW) && lease.isOver(lease.until()));
    }

    private static List<Candidate> candidates(List<Integer> costs) {
        List<Candidate> candidates = new ArrayList<>();
        for (int cost : costs) {
            candidates.add(new Candidate(image(candidates.size()), WarmReason.POPULAR, false, 1, cost, "test"));
        }
        return candidates;
    }

    private static Known known(int name, boolean cached, long pulls) {
        return new Known(
                image(name),
                cached,
                Optional.empty(),
                Optional.of(NOW),
                pulls,
                OptionalDouble.of((double) pulls),
                Optional.empty(),
                1);
    }

    private static Known cached(Instant checkedAt) {
        return new Known(
                image(5), true, Optional.of(checkedAt), Optional.of(NOW), 9, OptionalDouble.of(2), Optional.empty(), 1);
    }

    private static Tagged image(int name) {
        return (Tagged) ImageReference.parse("docker-hub/library/image" + name + ":1");
    }
}
