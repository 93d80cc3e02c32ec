package dev.larder.functions.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.larder.domain.usage.UsageBucket;
import dev.larder.events.image.ImageReference;
import dev.larder.functions.Messages;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;

/** Whatever SQS does to the order, the batches and the number of deliveries, each pull counts once. */
class UsageReplayTest {
    private static final UsageFixture FIXTURE = new UsageFixture();
    private static int run;

    /**
     * A pull in one of the days around midnight.
     *
     * @param id tells the events apart
     */
    record Told(int id, String tag, String role, Instant time) {}

    @AfterContainer
    static void close() {
        FIXTURE.close();
    }

    @Property(tries = 25, shrinking = ShrinkingMode.OFF)
    void eachPullCountsOnceHoweverItIsDelivered(@ForAll("pulls") List<Told> pulls, @ForAll Random random) {
        String repository = "docker-hub/run-" + run++;
        List<Told> deliveries = new ArrayList<>(pulls);
        for (int i = random.nextInt(10); i > 0; i--) {
            deliveries.add(pulls.get(random.nextInt(pulls.size())));
        }
        Collections.shuffle(deliveries, random);
        List<String> batch = new ArrayList<>();
        for (Told told : deliveries) {
            batch.add(Messages.pull(repository, told.tag(), told.role(), "event-" + told.id(), told.time()));
            if (random.nextInt(4) == 0) {
                assertEquals(List.of(), Messages.failed(FIXTURE.deliver(Messages.of(batch))));
                if (random.nextBoolean()) {
                    batch.clear();
                }
            }
        }
        FIXTURE.deliver(Messages.of(batch));

        Set<String> tags = new HashSet<>();
        pulls.forEach(told -> tags.add(told.tag()));
        for (String tag : tags) {
            String image = repository + ":" + tag;
            assertEquals(expected(pulls, tag), recorded(image));
            assertEquals(
                    pulls.stream().filter(told -> told.tag().equals(tag)).count(),
                    FIXTURE.tally(image).pulls());
            assertEquals(
                    pulls.stream()
                            .filter(told -> told.tag().equals(tag))
                            .map(Told::time)
                            .max(Instant::compareTo),
                    FIXTURE.tally(image).lastPulledAt());
            assertEquals(
                    popularity(pulls, tag), FIXTURE.tally(image).popularity().getAsDouble(), 1e-9);
            FIXTURE.rollup.rollUp(Instant.parse("2026-11-25T00:00:00Z"));
            assertEquals(expected(pulls, tag), keptOn(image));
            assertEquals(
                    popularity(pulls, tag), FIXTURE.tally(image).popularity().getAsDouble(), 1e-9);
        }
    }

    private static Map<String, Long> expected(List<Told> pulls, String tag) {
        Map<String, Long> expected = new TreeMap<>();
        pulls.stream()
                .filter(told -> told.tag().equals(tag))
                .forEach(told -> expected.merge("arn:aws:iam::111122223333:role/" + told.role(), 1L, Long::sum));
        return expected;
    }

    /** By the formula, at the start of each pull's ten seconds. */
    private static double popularity(List<Told> pulls, String tag) {
        double weights = pulls.stream()
                .filter(told -> told.tag().equals(tag))
                .mapToDouble(told -> Math.pow(
                        2, UsageFixture.WEEK.scoreAt(UsageBucket.of(told.time()).time())))
                .sum();
        return Math.log(weights) / Math.log(2);
    }

    private static Map<String, Long> keptOn(String image) {
        ImageReference reference = ImageReference.parse(image);
        Map<String, Long> kept = new TreeMap<>(FIXTURE.days.keptBy(reference, UsageFixture.TODAY));
        FIXTURE.days
                .keptBy(reference, UsageFixture.TODAY.minusDays(1))
                .forEach((principal, pulls) -> kept.merge(principal, pulls, Long::sum));
        return kept;
    }

    private static Map<String, Long> recorded(String image) {
        Map<String, Long> recorded = new TreeMap<>(FIXTURE.bucketsOf(image, UsageFixture.TODAY));
        FIXTURE.bucketsOf(image, UsageFixture.TODAY.minusDays(1))
                .forEach((principal, pulls) -> recorded.merge(principal, pulls, Long::sum));
        return recorded;
    }

    @Provide
    Arbitrary<List<Told>> pulls() {
        Instant midnight = Instant.parse("2026-11-24T00:00:00Z");
        Arbitrary<Told> told = Combinators.combine(
                        Arbitraries.integers().between(0, 10_000),
                        Arbitraries.of("1.26", "1.27"),
                        Arbitraries.of("node-a", "node-b", "ci"),
                        Arbitraries.integers().between(-400, 400).map(midnight::plusSeconds))
                .as(Told::new);
        return told.list().ofMinSize(1).ofMaxSize(40).uniqueElements(Told::id);
    }
}
