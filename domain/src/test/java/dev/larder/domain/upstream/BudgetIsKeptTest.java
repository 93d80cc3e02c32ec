package dev.larder.domain.upstream;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whatever an upstream reports, and whenever it arrives, Larder spends no more than its share. */
class BudgetIsKeptTest {
    private static final Instant START = Instant.parse("2026-11-24T00:00:00Z");

    /** Something that happens. */
    sealed interface Step {
        /** The clock moves, perhaps back. */
        record Clock(int seconds) implements Step {}

        /** Larder would spend so much. */
        record Spend(int cost) implements Step {}

        /** A report arrives. {@code late}: so long after it was made; it may be older than the last one, or a lie. */
        record Report(int limit, int remaining, int windowSeconds, int late) implements Step {}
    }

    /** What the table holds between two steps, as the adapters read and write it. */
    private static final class Ledger {
        private final Optional<StatedLimit> stated;
        private Optional<TokenBucket> left = Optional.empty();
        private Optional<LimitReport> report = Optional.empty();
        private Instant now = START;
        private Instant latest = Instant.EPOCH;
        private final List<Spending> spendings = new ArrayList<>();

        private Ledger(Optional<StatedLimit> stated) {
            this.stated = stated;
        }

        private record Spending(Instant at, int cost) {}

        private Optional<TokenBucket> bucket() {
            Allowance allowance = new Allowance(stated, report);
            return left.isPresent()
                    ? allowance.bucket(left.get().level(), left.get().at(), now)
                    : allowance.bucket(now);
        }

        /** Takes what can be paid; gives whether it was. */
        private boolean spend(int cost) {
            Optional<TokenBucket> after = bucket().flatMap(bucket -> bucket.spend(cost, now));
            after.ifPresent(bucket -> {
                report = new Allowance(stated, report).reported(bucket);
                left = after;
                latest = now.isAfter(latest) ? now : latest;
                spendings.add(new Spending(latest, cost));
            });
            return after.isPresent();
        }

        private void clock(int seconds) {
            now = now.plusSeconds(seconds);
        }

        private void report(ReportedLimit limit, Instant at) {
            if (report.isEmpty() || report.get().at().isBefore(at)) {
                report = Optional.of(LimitReport.of(limit, at));
            }
        }

        /**
         * A clock that went back adds nothing, so a stretch is measured by the latest time at which anything was spent: what
         * a clock said while nobody asked, nobody can know.
         */
        private void assertNoStretchHoldsMoreThan(int share, Duration window) {
            for (Spending first : spendings) {
                int spent = spendings.stream()
                        .filter(other -> !other.at().isBefore(first.at())
                                && other.at().isBefore(first.at().plus(window)))
                        .mapToInt(Spending::cost)
                        .sum();
                assertTrue(spent <= share + 1e-6, spent + " spent of " + share + " from " + first.at());
            }
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Step> clock = Arbitraries.integers().between(-20_000, 30_000).map(Step.Clock::new);
        Arbitrary<Step> spend = Arbitraries.integers().between(0, 30).map(Step.Spend::new);
        Arbitrary<Step> report = Combinators.combine(
                        Arbitraries.integers().between(1, 400),
                        Arbitraries.integers().between(0, 400),
                        Arbitraries.of(1, 60, 3_600, 21_600, 86_400),
                        Arbitraries.integers().between(0, 40_000))
                .as((limit, remaining, window, late) ->
                        new Step.Report(limit, Math.min(limit, remaining), window, late));
        return Arbitraries.oneOf(clock, spend, spend, report).list().ofMaxSize(120);
    }

    private static void play(Ledger ledger, Step step) {
        switch (step) {
            case Step.Clock(int seconds) -> ledger.clock(seconds);
            case Step.Spend(int cost) -> ledger.spend(cost);
            case Step.Report(int limit, int remaining, int window, int late) ->
                ledger.report(
                        new ReportedLimit(limit, remaining, Duration.ofSeconds(window)), ledger.now.minusSeconds(late));
        }
    }

    @Property
    void inNoStretchAsLongAsTheFilesWindowIsMoreSpentThanTheFilesShare(
            @ForAll @IntRange(min = 1, max = 300) int pulls,
            @ForAll @IntRange(max = 100) int reserve,
            @ForAll("steps") List<Step> steps) {
        Duration window = Duration.ofHours(6);
        Ledger ledger = new Ledger(Optional.of(new StatedLimit(pulls, window, reserve)));
        steps.forEach(step -> play(ledger, step));
        ledger.assertNoStretchHoldsMoreThan(Share.of(pulls, window, reserve).pulls(), window);
    }

    @Property
    void afterAReportNoMoreIsSpentThanItHadLeftLessTheReserve(
            @ForAll boolean inFile, @ForAll @IntRange(max = 100) int reserve, @ForAll("steps") List<Step> steps) {
        Ledger ledger =
                new Ledger(inFile ? Optional.of(new StatedLimit(300, Duration.ofHours(6), reserve)) : Optional.empty());
        int percent = inFile ? reserve : Allowance.RESERVE_PERCENT;
        Optional<LimitReport> newest = Optional.empty();
        int since = 0;
        boolean over = false;
        for (Step step : steps) {
            int before = ledger.spendings.size();
            play(ledger, step);
            if (step instanceof Step.Report && !ledger.report.equals(newest)) {
                newest = ledger.report;
                since = 0;
                over = false;
            }
            if (ledger.spendings.size() > before) {
                // a report whose window was over when something was spent says nothing any more, wherever the clock
                // goes
                over |= newest.filter(report -> report.isCurrent(ledger.now)).isEmpty();
                since += ledger.spendings.getLast().cost();
                ReportedLimit limit = newest.map(LimitReport::limit).orElse(null);
                if (limit != null && !over && ledger.spendings.getLast().cost() > 0) {
                    int most = limit.remaining() - (int) Math.ceil(limit.limit() * percent / 100.0);
                    assertTrue(since <= most, since + " spent of " + most + " after " + newest.get());
                }
                newest = ledger.report;
            }
        }
    }

    /** An upstream that counts in a sliding window, its users, and Larder, with a report at least every half window. */
    @Property
    void anHonestUpstreamWithoutABudgetInTheFileKeepsItsReserveForUsers(
            @ForAll @IntRange(min = 2, max = 300) int limit, @ForAll("rounds") List<Round> rounds) {
        Duration window = Duration.ofHours(6);
        Ledger ledger = new Ledger(Optional.empty());
        List<Ledger.Spending> counted = new ArrayList<>();
        int share = Share.of(limit, window, Allowance.RESERVE_PERCENT).pulls();
        for (Round round : rounds) {
            ledger.clock(round.seconds());
            int used = used(counted, ledger.now, window);
            ledger.report(new ReportedLimit(limit, limit - used, window), ledger.now);
            for (int cost : round.costs()) {
                if (ledger.spend(cost)) {
                    counted.add(new Ledger.Spending(ledger.now, cost));
                    used += cost;
                    assertTrue(cost == 0 || used <= share, used + " of " + limit + " used after Larder took " + cost);
                }
            }
            int pulls = Math.min(round.users(), limit - used);
            counted.add(new Ledger.Spending(ledger.now, pulls));
        }
        ledger.assertNoStretchHoldsMoreThan(share, window);
    }

    /** @param users what they pull after Larder did */
    record Round(int seconds, List<Integer> costs, int users) {}

    @Provide
    Arbitrary<List<Round>> rounds() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 10_800),
                        Arbitraries.integers().between(0, 40).list().ofMaxSize(6),
                        Arbitraries.integers().between(0, 60))
                .as(Round::new)
                .list()
                .ofMaxSize(60);
    }

    private static int used(List<Ledger.Spending> counted, Instant now, Duration window) {
        return counted.stream()
                .filter(one -> one.at().isAfter(now.minus(window)))
                .mapToInt(Ledger.Spending::cost)
                .sum();
    }
}
