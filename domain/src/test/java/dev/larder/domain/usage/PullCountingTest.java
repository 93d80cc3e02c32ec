package dev.larder.domain.usage;

import static dev.larder.domain.usage.Facts.NOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.domain.usage.Clients.Kind;
import dev.larder.domain.usage.Clients.Step;
import dev.larder.domain.usage.Clients.Upstream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever clients do, and however their facts come, the counts are those of the model. */
class PullCountingTest {
    private static final List<LogHour> HOURS = Stream.iterate(
                    LogHour.of(NOON).previous().previous(), LogHour::next)
            .limit(20)
            .toList();

    @Property
    void hoursCountedOneByOneGiveThePullsOfTheClients(@ForAll("steps") List<Step> steps, @ForAll Random random) {
        Clients clients = new Clients(steps);
        assertEquals(
                clients.pulled(),
                byHour(clients.facts(), delivered(clients.facts().all(), random)));
    }

    @Property
    void aReaderWhoSeesAllCountsTheSameHours(@ForAll("facts") Facts facts) {
        for (LogHour hour : HOURS) {
            assertEquals(facts.counted(hour), counted(facts, hour, around(hour, facts.all())));
        }
    }

    @Property
    void anyFactsInAnyOrderAndAnyNumberCountTheSame(@ForAll("facts") Facts facts, @ForAll Random random) {
        Map<String, Long> once = byHour(facts, facts.all());
        assertEquals(once, byHour(facts, delivered(facts.all(), random)));
    }

    @Property
    void everyFetchIsInOnePullAtMost(@ForAll("facts") Facts facts) {
        long pulls = byHour(facts, facts.all()).values().stream()
                .mapToLong(Long::longValue)
                .sum();
        long fetches = facts.all().stream().filter(Fact.Fetch.class::isInstance).count();
        assertTrue(pulls <= fetches, pulls + " pulls of " + fetches + " calls");
        assertTrue(pulls > 0 || fetches == 0);
    }

    @Property(tries = 100)
    void whatBecomesKnownLaterCountsAsIfItHadAlwaysBeenKnown(@ForAll("steps") List<Step> steps) {
        Facts facts = new Clients(steps).facts();
        AtomicReference<Tagging> known = new AtomicReference<>(Tagging.UNKNOWN);
        PullCounting counting = new PullCounting(repository -> known.get());
        HOURS.forEach(hour -> counting.count(hour, facts.all()));
        known.set(facts.tagging());
        for (LogHour hour : HOURS) {
            assertEquals(
                    facts.counted(hour),
                    counting.count(hour, facts.all()).stream()
                            .map(facts::describe)
                            .toList());
        }
    }

    @Example
    void withoutTheUnionRepeatedFactsBreakTheCounts() {
        Random random = new Random(1);
        boolean broken = steps().sampleStream().limit(200).anyMatch(steps -> {
            Clients clients = new Clients(steps);
            List<Fact> delivered = delivered(clients.facts().all(), random);
            List<Fact> notTheSame = IntStream.range(0, delivered.size())
                    .mapToObj(number -> Clients.another(delivered.get(number), number))
                    .toList();
            return !clients.pulled().equals(byHour(clients.facts(), notTheSame));
        });
        assertTrue(broken, "the model does not notice that facts are counted twice");
    }

    @Example
    void ofTwoCallsWithOneHashTheSameIsLostInAnyOrder() {
        Facts facts = new Facts().registry(Facts.NODE, 0, "a").sdk(Caller.of("444455556666"), 9, "a");
        List<Fact> collided =
                facts.all().stream().map(fact -> Clients.another(fact, 1)).toList();
        assertEquals(1, PullCounting.union(collided).size());
        assertEquals(PullCounting.union(collided), PullCounting.union(collided.reversed()));
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.of(Kind.class),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.integers().between(6, 900),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.of(true, false),
                        Arbitraries.of(Upstream.class))
                .as(Step::new)
                .list()
                .ofMaxSize(40);
    }

    /** Calls that no client would make. */
    @Provide
    Arbitrary<Facts> facts() {
        Arbitrary<Caller> callers = Arbitraries.of(Facts.NODE, Caller.of("444455556666"));
        Arbitrary<String> images =
                Arbitraries.of("a", "b", "@one", "@two", "@one/amd64", "@one/arm64", "@two/amd64", "@plain");
        Arbitrary<Integer> seconds = Arbitraries.oneOf(
                Arbitraries.integers().between(-1_000, 1_000),
                Arbitraries.integers().between(-10, 10),
                Arbitraries.integers().between(-320, -280));
        return Combinators.combine(
                        callers, seconds, images, Arbitraries.integers().between(0, 9))
                .as(Call::new)
                .list()
                .ofMaxSize(40)
                .map(PullCountingTest::facts);
    }

    private record Call(Caller caller, int second, String image, int how) {}

    private static Facts facts(List<Call> calls) {
        Facts facts = new Facts()
                .index("one", "amd64", "arm64")
                .index("two", "amd64")
                .tagged(-90_000, "a", "one")
                .tagged(3, "a", "two")
                .tagged(-5, "b", "plain");
        for (Call call : calls) {
            boolean tag = !call.image().startsWith("@");
            switch (call.how()) {
                case 0 -> facts.fails(call.caller(), call.second(), call.image(), "AccessDenied");
                case 1 -> facts.sdk(call.caller(), call.second(), call.image());
                case 2 -> {
                    if (tag) {
                        facts.trip(call.second() + 0.5, call.image());
                    }
                }
                case 3 -> {
                    if (tag) {
                        facts.tripFails(call.second() + 0.5, call.image(), "UpstreamUnavailable");
                    }
                }
                default -> facts.registry(call.caller(), call.second(), call.image());
            }
        }
        return facts;
    }

    /** Everything at least once, some of it more often, in any order. */
    private static List<Fact> delivered(List<Fact> facts, Random random) {
        List<Fact> delivered = new ArrayList<>(facts);
        facts.forEach(fact -> delivered.addAll(Collections.nCopies(random.nextInt(3), fact)));
        Collections.shuffle(delivered, random);
        return delivered;
    }

    private static Map<String, Long> byHour(Facts known, Collection<Fact> facts) {
        Tagging tagging = known.tagging();
        PullCounting counting = new PullCounting(repository -> tagging);
        Map<String, Long> pulls = new TreeMap<>();
        for (LogHour hour : HOURS) {
            counting.count(hour, around(hour, facts))
                    .forEach(
                            pull -> pulls.merge(Clients.key(known.describe(pull), pull.caller(), hour), 1L, Long::sum));
        }
        return pulls;
    }

    private static List<String> counted(Facts known, LogHour hour, Collection<Fact> facts) {
        Tagging tagging = known.tagging();
        return new PullCounting(repository -> tagging)
                .count(hour, facts).stream().map(known::describe).toList();
    }

    private static List<Fact> around(LogHour hour, Collection<Fact> facts) {
        return facts.stream()
                .filter(fact -> !fact.time().isBefore(hour.start().minus(PullCounting.BEFORE)))
                .filter(fact -> !fact.time().isAfter(hour.end().plus(PullCounting.AFTER)))
                .toList();
    }
}
