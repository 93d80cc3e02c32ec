package dev.larder.domain.warming;

import static dev.larder.domain.warming.Images.NOW;
import static dev.larder.domain.warming.Images.candidate;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.domain.upstream.Circuit;
import dev.larder.domain.upstream.FailureKind;
import dev.larder.domain.upstream.Share;
import dev.larder.domain.upstream.TokenBucket;
import dev.larder.events.WarmReason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class WarmPlanTest {
    static final Duration WINDOW = Duration.ofHours(6);
    static final WarmLimits AMPLE = new WarmLimits(10_000, Long.MAX_VALUE);
    static final List<String> UPSTREAMS = List.of("docker-hub", "quay", "ghcr");

    /** What is wanted of one of the upstreams. */
    record Want(int upstream, boolean asked, int tokens, int megabytes, int saves) {}

    @Provide
    Arbitrary<Want> wants() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, UPSTREAMS.size() - 1),
                        Arbitraries.of(true, false),
                        Arbitraries.integers().between(0, 30),
                        Arbitraries.integers().between(0, 1000),
                        Arbitraries.integers().between(0, 100))
                .as(Want::new);
    }

    @Property
    void noUpstreamsBucketIsOverdrawn(
            @ForAll @Size(max = 40) List<@From("wants") Want> wants,
            @ForAll @IntRange(max = 200) int pulls,
            @ForAll @DoubleRange(max = 100) double held) {
        TokenBucket bucket = TokenBucket.holding(new Share(pulls, WINDOW), held, NOW);
        WarmPlan plan = plan(wants, buckets(bucket), AMPLE, NOW);
        for (String upstream : UPSTREAMS) {
            int spent = of(plan, upstream).stream()
                    .mapToInt(candidate -> candidate.price().tokens())
                    .sum();
            assertTrue(spent <= bucket.tokens(), spent + " of " + bucket.tokens());
            assertEquals(bucket.tokens() - spent, plan.buckets().get(upstream).tokens(), 1e-6);
        }
    }

    @Property
    void plansTogetherNeverSpendMoreThanTheShareInAnyWindow(
            @ForAll @Size(max = 12) List<@Size(max = 8) List<@IntRange(min = 1, max = 30) Integer>> plans,
            @ForAll @IntRange(max = 400) int pulls,
            @ForAll @IntRange(min = 1, max = 200) int minutes) {
        TokenBucket bucket = TokenBucket.full(new Share(pulls, WINDOW), NOW);
        List<Integer> spent = new ArrayList<>();
        for (int i = 0; i < plans.size(); i++) {
            List<Want> wants = plans.get(i).stream()
                    .map(tokens -> new Want(0, false, tokens, 0, 1))
                    .toList();
            WarmPlan plan = plan(wants, buckets(bucket), AMPLE, NOW.plus(Duration.ofMinutes((long) minutes * i)));
            bucket = plan.buckets().get(UPSTREAMS.getFirst());
            spent.add(plan.orders().stream()
                    .mapToInt(candidate -> candidate.price().tokens())
                    .sum());
        }
        for (int i = 0; i < spent.size(); i++) {
            int inWindow = 0;
            for (int j = i; j < spent.size() && (long) (j - i) * minutes < WINDOW.toMinutes(); j++) {
                inWindow += spent.get(j);
            }
            assertTrue(inWindow <= pulls + 1e-6, inWindow + " of " + pulls);
        }
    }

    @Property
    void neitherMoreImagesNorMoreBytesThanTheLimitsAreOrdered(
            @ForAll @Size(max = 40) List<@From("wants") Want> wants,
            @ForAll @IntRange(max = 20) int images,
            @ForAll @LongRange(max = 10_000_000_000L) long bytes) {
        WarmPlan plan = plan(wants, Map.of(), new WarmLimits(images, bytes), NOW);
        long brought = plan.orders().stream()
                .mapToLong(candidate -> candidate.price().mostBytes())
                .sum();
        assertTrue(plan.orders().size() <= images && brought <= bytes, plan.toString());
        assertEquals(brought, plan.bytes());
    }

    @Property
    void everyCandidateIsEitherOrderedOrLeftWithAReasonAndNoneTwice(
            @ForAll @Size(max = 40) List<@From("wants") Want> wants, @ForAll @IntRange(max = 60) int pulls) {
        WarmPlan plan = plan(
                wants,
                buckets(TokenBucket.full(new Share(pulls, WINDOW), NOW)),
                new WarmLimits(10, 3_000_000_000L),
                NOW);
        List<Candidate> all = new ArrayList<>(plan.orders());
        plan.left().forEach(left -> all.add(left.candidate()));
        assertEquals(wants.size(), all.size());
        assertEquals(wants.size(), new HashSet<>(all).size());
        assertTrue(plan.left().stream().noneMatch(left -> left.reason().isBlank()));
    }

    @Property
    void whatOneUpstreamLacksDelaysNoOthersOrders(
            @ForAll @Size(max = 40) List<@From("wants") Want> wants,
            @ForAll @IntRange(max = 60) int pulls,
            @ForAll boolean broken) {
        Funds poor = new Funds(
                broken ? Circuit.CLOSED.failed(FailureKind.UPSTREAM_LIMIT, NOW) : Circuit.CLOSED,
                Optional.of(TokenBucket.holding(new Share(pulls, WINDOW), 0, NOW)));
        Map<String, Funds> funds = new HashMap<>(buckets(TokenBucket.full(new Share(pulls, WINDOW), NOW)));
        List<Want> others = wants.stream().filter(want -> want.upstream() != 0).toList();
        WarmPlan without = plan(others, funds, AMPLE, NOW);
        funds.put(UPSTREAMS.getFirst(), poor);
        WarmPlan with = plan(
                Stream.concat(others.stream(), wants.stream().filter(want -> want.upstream() == 0))
                        .toList(),
                funds,
                AMPLE,
                NOW);
        for (String upstream : UPSTREAMS.subList(1, UPSTREAMS.size())) {
            assertEquals(of(without, upstream), of(with, upstream));
        }
    }

    @Test
    void anOpenCircuitGetsNothingAndAHalfOpenOneAProbe() {
        Circuit open = Circuit.CLOSED.failed(FailureKind.UPSTREAM_LIMIT, NOW);
        Map<String, Funds> funds = Map.of(UPSTREAMS.getFirst(), new Funds(open, Optional.empty()));
        List<Want> two = List.of(new Want(0, false, 1, 1, 1), new Want(0, false, 1, 1, 1));
        assertEquals(0, plan(two, funds, AMPLE, NOW).orders().size());
        assertEquals(
                1,
                plan(two, funds, AMPLE, open.openUntil().orElseThrow()).orders().size());
    }

    @Test
    void theProbeIsOfWhatIsDueNowIfAnythingIs() {
        Circuit open = Circuit.CLOSED.failed(FailureKind.UPSTREAM_LIMIT, NOW);
        Instant now = open.openUntil().orElseThrow();
        Candidate due = candidate("due", false, 1, 1, 1, NOW);
        Candidate soon = new Candidate(
                Images.image("soon"),
                Optional.empty(),
                WarmReason.STALE,
                false,
                100,
                due.price(),
                now.plusSeconds(1200),
                false,
                0,
                NOW,
                "a check is due");
        Map<String, Funds> halfOpen = Map.of("quay", new Funds(open, Optional.empty()));
        assertEquals(
                List.of(due),
                WarmPlan.of(List.of(soon, due), candidate -> "quay", halfOpen, AMPLE, now)
                        .orders());
        assertEquals(
                List.of(soon),
                WarmPlan.of(List.of(soon), candidate -> "quay", halfOpen, AMPLE, now)
                        .orders());
        Map<String, Funds> well = Map.of("quay", new Funds(Circuit.CLOSED, Optional.empty()));
        assertEquals(
                List.of(soon, due),
                WarmPlan.of(List.of(soon, due), candidate -> "quay", well, AMPLE, now)
                        .orders());
    }

    @Test
    void theProbeIsOfWhatDidNotFailWithTheUpstreamHoweverMuchThatIsWanted() {
        Candidate pinned = candidate("broken", true, 100, 1, 1, Instant.EPOCH);
        Candidate popular = candidate("popular", false, 1, 1, 1, NOW);
        Circuit open = Circuit.CLOSED
                .failed(FailureKind.UPSTREAM_UNAVAILABLE, pinned.image().toString(), NOW)
                .failed(FailureKind.UPSTREAM_LIMIT, NOW);
        Map<String, Funds> funds = Map.of("quay", new Funds(open, Optional.empty()));
        Instant now = open.openUntil().orElseThrow();
        WarmPlan first = WarmPlan.of(List.of(pinned), candidate -> "quay", funds, AMPLE, now);
        assertEquals(List.of(), first.orders());
        assertTrue(first.left().getFirst().reason().startsWith("it failed when the upstream did"), first.toString());
        Instant later = now.plus(Circuit.OTHERS_FIRST);
        assertEquals(
                List.of(popular),
                WarmPlan.of(List.of(pinned, popular), candidate -> "quay", funds, AMPLE, later)
                        .orders());
        assertEquals(
                List.of(pinned),
                WarmPlan.of(List.of(pinned), candidate -> "quay", funds, AMPLE, later)
                        .orders());
    }

    @Test
    void anUpstreamWithoutALimitIsNotHeldBack() {
        List<Want> wants = List.of(new Want(0, false, 30, 1, 1), new Want(0, false, 30, 1, 1));
        assertEquals(2, plan(wants, Map.of(), AMPLE, NOW).orders().size());
    }

    static Map<String, Funds> buckets(TokenBucket bucket) {
        Map<String, Funds> funds = new HashMap<>();
        UPSTREAMS.forEach(upstream -> funds.put(upstream, new Funds(Circuit.CLOSED, Optional.of(bucket))));
        return funds;
    }

    static WarmPlan plan(List<Want> wants, Map<String, Funds> funds, WarmLimits limits, Instant now) {
        List<Candidate> ranked = IntStream.range(0, wants.size())
                .mapToObj(i -> of(wants.get(i), i))
                .sorted(Candidate.BEST_FIRST)
                .toList();
        return WarmPlan.of(ranked, WarmPlanTest::upstream, funds, limits, now);
    }

    static Candidate of(Want want, int number) {
        return candidate(
                UPSTREAMS.get(want.upstream()) + "." + number,
                want.asked(),
                want.saves(),
                want.tokens(),
                want.megabytes() * 1_000_000L,
                NOW);
    }

    private static String upstream(Candidate candidate) {
        String text = candidate.image().toString();
        return text.substring(text.indexOf(':') + 1, text.lastIndexOf('.'));
    }

    private static List<Candidate> of(WarmPlan plan, String upstream) {
        return plan.orders().stream()
                .filter(candidate -> upstream(candidate).equals(upstream))
                .toList();
    }
}
