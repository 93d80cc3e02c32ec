package dev.larder.domain.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.domain.popularity.ForwardDecay;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.Platform;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class DayTallyTest {
    private static final ForwardDecay WEEK = new ForwardDecay(Duration.ofDays(7));

    @Property
    void rowsAddUpToThePulls(@ForAll("pulls") List<CountedPull> pulls) {
        List<UsageRow> rows = new DayTally(WEEK).add(pulls).rows();
        assertEquals(count(pulls, CountedPull::served), sum(rows, UsageRow::pulls));
        assertEquals(count(pulls, pull -> !pull.served()), sum(rows, UsageRow::failed));
        assertEquals(count(pulls, pull -> pull.outcome().equals(Outcome.COLD)), sum(rows, UsageRow::cold));
        assertEquals(count(pulls, pull -> pull.outcome().equals(Outcome.STALE)), sum(rows, UsageRow::stale));
        assertEquals(pulls.stream().mapToLong(CountedPull::bytes).sum(), sum(rows, UsageRow::bytes));
    }

    @Property
    void anImageHasItsPullsAndThoseByDigest(@ForAll("pulls") List<CountedPull> pulls) {
        Map<ImageReference, ImageDay> days = new DayTally(WEEK).add(pulls).images();
        days.forEach((image, day) -> {
            long named = count(pulls, pull -> pull.served() && pull.image().equals(image));
            long mapped = count(pulls, pull -> pull.served() && pull.tags().contains(image));
            assertEquals(named + mapped, day.pulls(), image.toString());
            assertEquals(mapped, day.byDigest());
            assertEquals(
                    count(
                            pulls,
                            pull -> !pull.served()
                                    && (pull.image().equals(image)
                                            || pull.tags().contains(image))),
                    day.failures());
            assertTrue(day.cold() + day.stale() <= day.pulls());
            assertEquals(day.pulls() > 0, day.lastPulledAt().isPresent());
            assertEquals(day.pulls() > 0, day.score().isPresent());
        });
    }

    @Property
    void hourByHourIsAllAtOnce(@ForAll("pulls") List<CountedPull> pulls, @ForAll @IntRange(max = 60) int at) {
        int split = Math.min(at, pulls.size());
        DayTally parts = new DayTally(WEEK).add(pulls.subList(0, split)).add(pulls.subList(split, pulls.size()));
        DayTally whole = new DayTally(WEEK).add(pulls);
        assertEquals(whole.images(), parts.images());
        assertEquals(whole.rows(), parts.rows());
        assertEquals(whole.contents(), parts.contents());
    }

    @Property
    void countsKeepTheirSumHoweverManyNamesThereAre(
            @ForAll List<@IntRange(max = 50) Integer> names, @ForAll @IntRange(min = 1, max = 60) int most) {
        Counts counts = new Counts();
        Map<String, Long> all = new HashMap<>();
        for (int name : names) {
            // the name that the rest gets may be somebody's
            String text = name == 0 ? ImageDay.OTHERS : "role-" + name;
            counts.add(text);
            all.merge(text, 1L, Long::sum);
        }
        Map<String, Long> named = counts.named(most);
        assertEquals(
                names.size(), named.values().stream().mapToLong(Long::longValue).sum());
        assertTrue(named.size() <= most + 1);
        named.forEach((name, count) ->
                assertTrue(name.equals(ImageDay.OTHERS) || count.equals(all.get(name)), name + " has " + count));
    }

    @Example
    void fiveThousandPrincipalsLeaveFiveHundredAndTheOthers() {
        List<CountedPull> pulls = IntStream.range(0, 5_000)
                .boxed()
                .flatMap(role -> IntStream.range(0, role < 10 ? 3 : 1)
                        .mapToObj(n -> pull("1", "role-" + role, Outcome.HIT, 0, false)))
                .toList();
        ImageDay day = new DayTally(WEEK).add(pulls).images().get(Facts.image("1"));
        assertEquals(501, day.by().size());
        assertEquals(5_020, day.pulls());
        assertEquals(3, day.by().get("role-7"));
        assertEquals(4_500, day.by().get(ImageDay.OTHERS));
    }

    @Provide
    Arbitrary<List<CountedPull>> pulls() {
        Arbitrary<Outcome> outcomes = Arbitraries.of(
                Outcome.HIT, Outcome.HIT, Outcome.COLD, Outcome.STALE, new Outcome.Failed("AccessDenied"));
        return Combinators.combine(
                        Arbitraries.of("1", "2", "@one", "@two"),
                        Arbitraries.of("node", "ci"),
                        outcomes,
                        Arbitraries.integers().between(0, 86_399),
                        Arbitraries.of(true, false))
                .as(DayTallyTest::pull)
                .list()
                .ofMaxSize(60);
    }

    private static CountedPull pull(String image, String role, Outcome outcome, int second, boolean pod) {
        ImageReference named = Facts.image(image);
        Optional<String> session =
                pod ? Optional.of("eks-prod-api-d1861451-6ee5-4069-ae5d-741cbb99692a") : Optional.empty();
        boolean failed = outcome instanceof Outcome.Failed;
        return new CountedPull(
                named,
                image.equals("@one") ? List.of((Tagged) Facts.image("1"), (Tagged) Facts.image("2")) : List.of(),
                new Caller(role, session),
                Instant.parse("2026-11-24T00:00:00Z").plusSeconds(second),
                Optional.of(Facts.digest("one")),
                Set.of(Platform.parse("linux/amd64")),
                outcome,
                failed ? 0 : 100);
    }

    private static long count(List<CountedPull> pulls, Predicate<CountedPull> which) {
        return pulls.stream().filter(which).count();
    }

    private static long sum(List<UsageRow> rows, ToLongFunction<UsageRow> what) {
        return rows.stream().mapToLong(what).sum();
    }
}
