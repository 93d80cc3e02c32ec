package dev.larder.functions.planning;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.config.Budget;
import dev.larder.domain.upstream.Failure;
import dev.larder.domain.upstream.ReportedLimit;
import dev.larder.events.WarmOrder;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.functions.upstream.Tariffs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/**
 * Days of plans and of what becomes of their orders, with the real planner and worker: whatever moves and however much it
 * grows, however late and often orders are delivered, and whatever imports fail in the middle, the upstream counts no more in
 * any of its windows than Larder's share of its limit.
 */
class BudgetOverPlansTest {
    private static final List<Duration> WINDOWS = List.of(Duration.ofHours(6), Duration.ofHours(1));

    /** What an image takes at most is more than the smaller one holds, and a part of the larger. */
    private static final List<Integer> SHARES = List.of(24, 100);

    /** Three days. */
    private static final int LEAST = 3 * 96;

    /** What fails in the middle costs the smaller share more than a day's worth: all get their turn, if later. */
    private static final int MOST = 10 * 96;

    private static final List<Tagged> IMAGES = IntStream.range(0, 12)
            .mapToObj(i -> PlanningCell.tagged("docker-hub/library/image" + i + ":1"))
            .toList();

    private record Delivery(Instant at, WarmOrder order, int times) {}

    private record Fetch(Instant at, int manifests) {}

    /** After this the queue delivers the order again. */
    private static final Failure AGAIN = Failure.classify("Whatever", "in the middle");

    private static final List<Failure> FAILURES =
            List.of(AGAIN, Failure.classify("UpstreamUnavailable", "in the middle"));

    private static final List<String> PLATFORMS = List.of(
            "linux/amd64",
            "linux/arm64",
            "linux/arm/v5",
            "linux/arm/v6",
            "linux/arm/v7",
            "linux/386",
            "linux/ppc64le",
            "linux/riscv64",
            "linux/s390x");

    @Property(tries = 2, shrinking = ShrinkingMode.OFF)
    void noWindowSeesMoreThanTheShare(@ForAll Random random) {
        SHARES.forEach(share -> noWindowSeesMoreThan(
                share, WINDOWS.get(random.nextInt(WINDOWS.size())), Budget.Counts.MANIFESTS, true, random));
        noWindowSeesMoreThan(200, WINDOWS.getFirst(), Budget.Counts.REQUESTS, true, random);
        noWindowSeesMoreThan(100, WINDOWS.getFirst(), Budget.Counts.MANIFESTS, false, random);
    }

    /** @param stated whether the file says what the limit is; otherwise the upstream does, with each look at a tag */
    private static void noWindowSeesMoreThan(
            int share, Duration window, Budget.Counts counts, boolean stated, Random random) {
        try (PlanningCell cell = new PlanningCell()) {
            cell.stays();
            Budget budget = new Budget(2 * share, window, 50, counts);
            cell.upstreams = List.of(PlanningCell.hub(Optional.of(budget).filter(file -> stated)));
            cell.registries.tellsSize = random.nextBoolean();
            cell.pin(IMAGES.stream().map(Tagged::toString).toArray(String[]::new));
            IMAGES.forEach(image -> publish(cell, image, random));
            List<Fetch> fetches = new ArrayList<>();
            if (!stated) {
                cell.registries.limit = () -> Optional.of(reported(2 * share, window, fetches, cell.clock.instant()));
            }
            List<Delivery> queue = new ArrayList<>();
            Set<Tagged> broken =
                    IMAGES.stream().filter(image -> random.nextInt(3) == 0).collect(Collectors.toSet());
            broken.forEach(image -> cell.ecr.publish(image, PLATFORMS.toArray(String[]::new)));
            for (int plan = 0; plan < LEAST || (plan < MOST && warm(cell) < IMAGES.size()); plan++) {
                if (plan == 96) {
                    broken.clear();
                }
                Instant next = PlanningCell.NOON.plus(Duration.ofMinutes(15L * plan));
                deliver(cell, queue, next, fetches, broken, random);
                go(cell, next);
                if (random.nextInt(4) == 0) {
                    publish(cell, IMAGES.get(random.nextInt(IMAGES.size())), random);
                }
                for (WarmOrder order : cell.plan()) {
                    for (int i = random.nextInt(5) == 0 ? 2 : 1; i > 0; i--) {
                        queue.add(new Delivery(order.notBefore().plusSeconds(random.nextInt(600)), order, 1));
                    }
                }
            }
            assertTrue(!fetches.isEmpty());
            for (Fetch first : fetches) {
                int sum = fetches.stream()
                        .filter(fetch -> !fetch.at().isBefore(first.at())
                                && fetch.at().isBefore(first.at().plus(window)))
                        .mapToInt(Fetch::manifests)
                        .sum();
                assertTrue(sum <= share, () -> sum + " manifests in the window from " + first.at());
            }
            assertTrue(warm(cell) == IMAGES.size(), () -> "only " + warm(cell) + " were ever warm");
        }
    }

    private static ReportedLimit reported(int limit, Duration window, List<Fetch> fetches, Instant now) {
        int spent = fetches.stream()
                .filter(fetch -> fetch.at().isAfter(now.minus(window)))
                .mapToInt(Fetch::manifests)
                .sum();
        return new ReportedLimit(limit, limit - spent, window);
    }

    private static long warm(PlanningCell cell) {
        return IMAGES.stream()
                .filter(image -> cell.ecr.cached(image).isPresent())
                .count();
    }

    private static void publish(PlanningCell cell, Tagged image, Random random) {
        cell.ecr.publish(
                image,
                PLATFORMS
                        .subList(0, random.nextBoolean() ? 1 : 1 + random.nextInt(PLATFORMS.size()))
                        .toArray(String[]::new));
    }

    private static void deliver(
            PlanningCell cell,
            List<Delivery> queue,
            Instant until,
            List<Fetch> fetches,
            Set<Tagged> broken,
            Random random) {
        List<Delivery> due = queue.stream()
                .filter(delivery -> delivery.at().isBefore(until))
                .sorted(Comparator.comparing(Delivery::at))
                .toList();
        queue.removeAll(due);
        for (Delivery delivery : due) {
            go(cell, delivery.at());
            cell.ecr.calls.clear();
            cell.registries.looks.clear();
            cell.ecr.cutOff = broken.contains(delivery.order().image())
                    ? Optional.of(AGAIN)
                    : random.nextInt(8) == 0
                            ? Optional.of(FAILURES.get(random.nextInt(FAILURES.size())))
                            : Optional.empty();
            cell.work(delivery.order());
            if (cell.ecr.cutOff.filter(AGAIN::equals).isPresent() && delivery.times() < 3) {
                queue.add(new Delivery(delivery.at().plusSeconds(330), delivery.order(), delivery.times() + 1));
            }
            boolean requests = Tariffs.of(cell.upstreams.getFirst()).blob() > 0;
            Instant now = cell.clock.instant();
            cell.registries.looks.stream()
                    .filter(look -> requests || look.startsWith("GET "))
                    .forEach(look -> fetches.add(new Fetch(now, 1)));
            cell.ecr.calls.stream()
                    .filter(call -> requests && call.startsWith("check "))
                    .forEach(call -> fetches.add(new Fetch(now, 1)));
            if (cell.ecr.calls.stream().anyMatch(call -> call.startsWith("import "))) {
                int children = cell.ecr
                        .content(cell.ecr
                                .published((Tagged) delivery.order().image())
                                .orElseThrow())
                        .children()
                        .size();
                // each image has a configuration and a layer
                fetches.add(new Fetch(now, 1 + (requests ? 3 : 1) * children));
            }
        }
    }

    private static void go(PlanningCell cell, Instant to) {
        if (to.isAfter(cell.clock.instant())) {
            cell.clock.advance(Duration.between(cell.clock.instant(), to));
        }
    }
}
