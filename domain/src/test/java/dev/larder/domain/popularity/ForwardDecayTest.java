package dev.larder.domain.popularity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class ForwardDecayTest {
    private static final Instant DAY = Instant.parse("2026-11-24T00:00:00Z");
    private static final ForwardDecay WEEK = new ForwardDecay(Duration.ofDays(7));

    @Property
    void addingIsTheSumOfTheWeights(@ForAll("pulls") List<Instant> times) {
        double weights = times.stream()
                .mapToDouble(time -> Math.pow(2, WEEK.scoreAt(time)))
                .sum();
        assertEquals(Math.log(weights) / Math.log(2), score(times), 1e-9);
    }

    @Property
    void theOrderOfPullsDoesNotMatter(@ForAll("pulls") List<Instant> times, @ForAll Random random) {
        List<Instant> shuffled = new ArrayList<>(times);
        Collections.shuffle(shuffled, random);
        assertEquals(score(times), score(shuffled), 1e-9);
    }

    @Property
    void manyPullsAtOnceAreThatManyPulls(@ForAll("times") Instant time, @ForAll @LongRange(min = 1, max = 500) long n) {
        OptionalDouble one = OptionalDouble.empty();
        for (long i = 0; i < n; i++) {
            one = WEEK.add(one, 1, time);
        }
        assertEquals(
                one.getAsDouble(), WEEK.add(OptionalDouble.empty(), n, time).getAsDouble(), 1e-9);
    }

    @Property
    void ageingKeepsTheOrder(
            @ForAll("pulls") List<Instant> one,
            @ForAll("pulls") List<Instant> other,
            @ForAll @LongRange(min = 0, max = 3_000) long days) {
        Instant later = DAY.plus(Duration.ofDays(days));
        boolean ahead = score(one) > score(other);
        double first = WEEK.pullsAt(score(one), later);
        double second = WEEK.pullsAt(score(other), later);
        assertTrue(ahead ? first >= second : first <= second, first + " and " + second);
    }

    @Property
    void aPullMoreNeverMakesLessPopular(@ForAll("pulls") List<Instant> times, @ForAll("times") Instant more) {
        double before = score(times);
        assertTrue(WEEK.add(OptionalDouble.of(before), 1, more).getAsDouble() >= before);
    }

    @Property
    void daysMergedInAnyOrderAreTheDirectSum(
            @ForAll("pulls") List<Instant> times,
            @ForAll @IntRange(min = 1, max = 10) int days,
            @ForAll Random random) {
        List<OptionalDouble> scores = new ArrayList<>(Collections.nCopies(days, OptionalDouble.empty()));
        for (Instant time : times) {
            int day = random.nextInt(days);
            scores.set(day, WEEK.add(scores.get(day), 1, time));
        }
        Collections.shuffle(scores, random);
        OptionalDouble merged = scores.stream().reduce(OptionalDouble.empty(), ForwardDecay::sum);
        assertEquals(score(times), merged.getAsDouble(), 1e-9);
    }

    @Property
    void theSamePullsAreATieForEver(
            @ForAll("pulls") List<Instant> times, @ForAll @LongRange(min = 0, max = 3_000) long days) {
        Instant later = DAY.plus(Duration.ofDays(days));
        double one = score(times);
        double other = score(List.copyOf(times));
        assertEquals(0, Double.compare(one, other));
        assertEquals(WEEK.pullsAt(one, later), WEEK.pullsAt(other, later));
    }

    @Property
    void noPullsAreNothing(@ForAll("pulls") List<Instant> times, @ForAll("times") Instant time) {
        OptionalDouble score = OptionalDouble.of(score(times));
        assertEquals(score, WEEK.add(score, 0, time));
        assertEquals(score, ForwardDecay.sum(score, OptionalDouble.empty()));
        assertEquals(score, ForwardDecay.sum(OptionalDouble.empty(), score));
        assertEquals(OptionalDouble.empty(), ForwardDecay.sum(OptionalDouble.empty(), OptionalDouble.empty()));
    }

    @Test
    void anImageOfTodayOvertakesOneThatWasPulledMoreLongAgo() {
        double old = WEEK.add(OptionalDouble.empty(), 100, DAY.minus(Duration.ofDays(70)))
                .getAsDouble();
        double today = WEEK.add(OptionalDouble.empty(), 1, DAY).getAsDouble();
        assertTrue(today > old, today + " and " + old);
    }

    @Test
    void aPullWeighsHalfAfterAHalfLife() {
        double score = WEEK.add(OptionalDouble.empty(), 8, DAY).getAsDouble();
        assertEquals(8, WEEK.pullsAt(score, DAY), 1e-9);
        assertEquals(4, WEEK.pullsAt(score, DAY.plus(WEEK.halfLife())), 1e-9);
        assertEquals(1, WEEK.pullsAt(score, DAY.plus(WEEK.halfLife().multipliedBy(3))), 1e-9);
    }

    @Test
    void aCenturyOfShortHalfLivesDoesNotOverflow() {
        ForwardDecay hour = new ForwardDecay(Duration.ofHours(1));
        Instant far = Instant.parse("2125-01-01T00:00:00Z");
        OptionalDouble score = hour.add(hour.add(OptionalDouble.empty(), 5, DAY), 1_000_000_000_000L, far);
        assertTrue(Double.isFinite(score.getAsDouble()));
        assertEquals(1e12, hour.pullsAt(score.getAsDouble(), far), 1e3);
    }

    @Provide
    Arbitrary<Instant> times() {
        return Arbitraries.longs()
                .between(0, Duration.ofDays(400).toSeconds())
                .map(seconds -> DAY.minusSeconds(seconds));
    }

    @Provide
    Arbitrary<List<Instant>> pulls() {
        return times().list().ofMinSize(1).ofMaxSize(30);
    }

    private static double score(List<Instant> times) {
        OptionalDouble score = OptionalDouble.empty();
        for (Instant time : times) {
            score = WEEK.add(score, 1, time);
        }
        return score.getAsDouble();
    }
}
