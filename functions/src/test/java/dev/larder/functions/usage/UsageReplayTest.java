package dev.larder.functions.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.larder.domain.usage.EventHash;
import dev.larder.domain.usage.Fact;
import dev.larder.domain.usage.Fact.Fetch;
import dev.larder.domain.usage.LogHour;
import dev.larder.domain.usage.PullCounting;
import dev.larder.domain.usage.Tagging;
import dev.larder.events.image.ImageReference;
import dev.larder.functions.Messages;
import dev.larder.functions.usage.Figures.ImageFigures;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import org.junit.jupiter.api.Test;

/**
 * Whatever SQS does to the order, the batches, the delays and the number of deliveries, and wherever the functions die, each
 * pull counts once.
 */
class UsageReplayTest {
    private static final UsageFixture FIXTURE = new UsageFixture();
    private static final Instant FIRST = Instant.parse("2026-11-20T00:00:00Z");
    private static final LocalDate FIRST_DAY = LocalDate.parse("2026-11-20");
    private static int run;

    /**
     * A pull.
     *
     * @param id tells the events apart
     * @param delay after the pull, of the first delivery
     */
    record Told(int id, String tag, String role, Instant time, Duration delay) {}

    private record Delivery(Told told, Instant at) {}

    @AfterContainer
    static void close() {
        FIXTURE.close();
    }

    @Property(tries = 25, shrinking = ShrinkingMode.OFF)
    void eachPullCountsOnceHoweverItIsDelivered(@ForAll("pulls") List<Told> pulls, @ForAll Random random) {
        String repository = "docker-hub/run-" + run++;
        reset();
        List<Delivery> deliveries = new ArrayList<>();
        for (Told told : pulls) {
            Instant first = told.time().plus(told.delay());
            deliveries.add(new Delivery(told, first));
            for (int again = random.nextInt(3); again > 0; again--) {
                deliveries.add(new Delivery(told, first.plusSeconds(random.nextInt(20 * 86_400))));
            }
        }
        Collections.shuffle(deliveries, random);
        deliveries.sort((one, other) -> day(one.at()).compareTo(day(other.at())));
        Crashing crashing = new Crashing(random, FIXTURE);
        List<Delivery> batch = new ArrayList<>();
        LocalDate rolledUp = FIRST_DAY;
        for (Delivery delivery : deliveries) {
            if (day(delivery.at()).isAfter(rolledUp)) {
                deliver(repository, batch, crashing);
                batch.clear();
                rolledUp = day(delivery.at());
                rollUp(rolledUp.atTime(random.nextInt(24), 30).toInstant(ZoneOffset.UTC), crashing);
            }
            batch.add(delivery);
            if (random.nextInt(3) == 0) {
                deliver(repository, batch, crashing);
                if (random.nextBoolean()) {
                    batch.clear();
                }
            }
        }
        deliver(repository, batch, crashing);
        check(repository, pulls, "before the last roll-up");
        rollUp(rolledUp.plusDays(2).atStartOfDay().toInstant(ZoneOffset.UTC), crashing);
        check(repository, pulls, "after it");
        for (String tag : tags(pulls)) {
            ImageFigures figures = FIXTURE.figures.of(UsageFixture.tag(repository + ":" + tag));
            List<Told> ofTag = of(pulls, tag);
            assertEquals(ofTag.size(), figures.pulls());
            assertEquals(ofTag.stream().map(Told::time).max(Instant::compareTo), figures.lastPulledAt());
            assertEquals(score(ofTag), figures.score().orElseThrow(), 1e-9);
            assertEquals(
                    score(ofTag),
                    FIXTURE.figures
                            .popularity(UsageFixture.tag(repository + ":" + tag))
                            .orElseThrow(),
                    0.11);
        }
    }

    /** Without the union, a second delivery counts twice, so that a test which cannot tell would prove nothing. */
    @Test
    void aRecordWithoutTheUnionIsFoundOut() {
        List<Fact> logged;
        Instant time = Instant.parse("2026-11-24T10:16:00Z");
        String pull = Messages.pull("docker-hub/library/twice", "1.27", "eks-node", "one", time);
        try (UsageFixture apart = new UsageFixture()) {
            apart.now = time.plusSeconds(60);
            apart.deliver(Messages.of(List.of(pull)));
            apart.now = time.plusSeconds(90);
            apart.deliver(Messages.of(List.of(pull)));
            logged = apart.log.read(LogHour.of(time));
        }
        List<Fact> asIfApart = new ArrayList<>();
        for (Fact fact : logged) {
            Fetch fetch = (Fetch) fact;
            asIfApart.add(new Fetch(
                    fetch.image(),
                    fetch.caller(),
                    new EventHash(asIfApart.size()),
                    fetch.time(),
                    fetch.registryClient(),
                    fetch.error()));
        }
        PullCounting counting = new PullCounting(repository -> Tagging.UNKNOWN);
        assertEquals(1, counting.count(LogHour.of(time), logged).size());
        assertNotEquals(1, counting.count(LogHour.of(time), asIfApart).size());
    }

    private static void reset() {
        // each try has images of its own; only what is kept of all images is shared
        FIXTURE.state.begin(FIRST);
        FIXTURE.local.table().delete(UsageItems.CLOSED);
        FIXTURE.now = FIRST;
    }

    private static void deliver(String repository, List<Delivery> batch, Crashing crashing) {
        if (batch.isEmpty()) {
            return;
        }
        // time does not go back: what is delivered after a roll-up is written after it
        FIXTURE.now = Stream.concat(batch.stream().map(Delivery::at), Stream.of(FIXTURE.now))
                .max(Instant::compareTo)
                .orElseThrow();
        List<String> bodies = batch.stream()
                .map(Delivery::told)
                .map(told -> Messages.pull(repository, told.tag(), told.role(), repository + told.id(), told.time()))
                .toList();
        UsageRecorder recorder = FIXTURE.recorder(crashing.log());
        for (int tries = 0; tries < 20; tries++) {
            List<String> failed = Messages.failed(recorder.handleRequest(Messages.of(bodies), null));
            if (failed.isEmpty()) {
                return;
            }
            List<String> all = bodies;
            bodies = failed.stream()
                    .map(index -> all.get(Integer.parseInt(index)))
                    .toList();
        }
        throw new AssertionError("never delivered");
    }

    private static void rollUp(Instant at, Crashing crashing) {
        FIXTURE.now = at;
        for (int tries = 0; tries < 50; tries++) {
            try {
                crashing.rollup().rollUp(at);
                return;
            } catch (Crashing.Crash crash) {
                // the next run, and for the last one no crash
            }
        }
        FIXTURE.rollUp(at);
    }

    private static void check(String repository, List<Told> pulls, String when) {
        for (String tag : tags(pulls)) {
            ImageReference image = ImageReference.parse(repository + ":" + tag);
            Map<LocalDate, Map<String, Long>> recorded = new TreeMap<>();
            FIXTURE.history()
                    .of(image, FIRST_DAY.minusDays(1), FIRST_DAY.plusDays(90))
                    .forEach((day, usage) -> recorded.put(day, usage.by()));
            assertEquals(expected(of(pulls, tag)), recorded, image + " " + when);
        }
    }

    private static Map<LocalDate, Map<String, Long>> expected(List<Told> pulls) {
        return new TreeMap<>(pulls.stream()
                .collect(Collectors.groupingBy(
                        told -> day(told.time()),
                        Collectors.groupingBy(
                                told -> "arn:aws:iam::111122223333:role/" + told.role(), Collectors.counting()))));
    }

    private static double score(List<Told> pulls) {
        double weights = pulls.stream()
                .mapToDouble(told -> Math.pow(2, UsageFixture.WEEK.scoreAt(told.time())))
                .sum();
        return Math.log(weights) / Math.log(2);
    }

    private static List<String> tags(List<Told> pulls) {
        return pulls.stream().map(Told::tag).distinct().toList();
    }

    private static List<Told> of(List<Told> pulls, String tag) {
        return pulls.stream().filter(told -> told.tag().equals(tag)).toList();
    }

    private static LocalDate day(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }

    /** Pulls of three days; most events come within minutes, some days later, none after the grace. */
    @Provide
    Arbitrary<List<Told>> pulls() {
        Arbitrary<Duration> delays = Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.integers().between(0, 900).map(Duration::ofSeconds)),
                Tuple.of(2, Arbitraries.integers().between(1, 200_000).map(Duration::ofSeconds)),
                Tuple.of(1, Arbitraries.integers().between(1, 9).map(Duration::ofDays)));
        return Combinators.combine(
                        Arbitraries.integers().between(0, 10_000),
                        Arbitraries.of("1.26", "1.27"),
                        Arbitraries.of("node-a", "node-b", "ci"),
                        Arbitraries.integers().between(0, 3 * 86_400 - 1).map(FIRST::plusSeconds),
                        delays)
                .as(Told::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(25)
                .uniqueElements(Told::id);
    }
}
