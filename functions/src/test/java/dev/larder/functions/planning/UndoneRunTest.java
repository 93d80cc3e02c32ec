package dev.larder.functions.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.config.Budget;
import dev.larder.config.Budget.Counts;
import dev.larder.events.WarmOrder;
import dev.larder.events.WarmReason;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A run that is undone may be many windows' worth of an upstream's budget: all of it comes back, at the budget's pace. */
class UndoneRunTest {
    private static final Duration WINDOW = Duration.ofHours(6);
    private static final int SHARE = 20;
    private static final int IMAGES = 6;

    /** An index with two images, each with a configuration and a layer. */
    private static final int MANIFESTS = 3;

    private static final int REQUESTS = 7;

    /** From noon, which is in a window of the plans, to the next one. */
    private static final Duration TURN = Duration.ofHours(3);

    private record Fetch(Instant at, int cost) {}

    private final List<Fetch> fetches = new ArrayList<>();

    @ParameterizedTest
    @EnumSource(Counts.class)
    void allOfItComesBackAndNoWindowSeesMoreThanTheShareAndAnImage(Counts counts) {
        int cost = counts == Counts.MANIFESTS ? MANIFESTS : REQUESTS;
        try (PlanningCell cell = new PlanningCell()) {
            cell.upstreams = List.of(PlanningCell.hub(Optional.of(new Budget(2 * SHARE, WINDOW, 50, counts))));
            Deque<WarmOrder> waiting = new ArrayDeque<>();
            IntStream.range(0, IMAGES).forEach(i -> waiting.add(undo(cell, i)));
            Instant end = cell.clock.instant().plus(Duration.ofDays(13));
            while (!waiting.isEmpty() && cell.clock.instant().isBefore(end)) {
                for (int orders = waiting.size(); orders > 0; orders--) {
                    WarmOrder order = waiting.remove();
                    cell.ecr.calls.clear();
                    cell.work(order).forEach(later -> waiting.add(later.order()));
                    if (cell.ecr.calls.stream().anyMatch(call -> call.startsWith("import "))) {
                        fetches.add(new Fetch(cell.clock.instant(), cost));
                    }
                }
                cell.clock.advance(Duration.ofHours(1));
            }
            assertEquals(IMAGES, fetches.size(), "images that came back");
            for (Fetch first : fetches) {
                int sum = fetches.stream()
                        .filter(fetch -> !fetch.at().isBefore(first.at())
                                && fetch.at().isBefore(first.at().plus(WINDOW)))
                        .mapToInt(Fetch::cost)
                        .sum();
                assertTrue(sum < SHARE + cost, () -> sum + " in the window from " + first.at());
            }
        }
    }

    @Test
    void thePlansHaveTheirTurnMeanwhile() {
        try (PlanningCell cell = new PlanningCell()) {
            cell.upstreams =
                    List.of(PlanningCell.hub(Optional.of(new Budget(2 * SHARE, WINDOW, 50, Counts.MANIFESTS))));
            Tagged pin = PlanningCell.tagged("docker-hub/library/pinned:1");
            cell.ecr.publish(pin, "linux/amd64", "linux/arm64");
            cell.pin(pin.toString());
            cell.clock.advance(TURN);
            IntStream.range(0, 4).forEach(i -> cell.work(undo(cell, i)));
            assertEquals(0, cell.left("docker-hub"));
            Instant end = cell.clock.instant().plus(WINDOW.multipliedBy(3));
            int next = 4;
            while (cell.ecr.cached(pin).isEmpty() && cell.clock.instant().isBefore(end)) {
                cell.work(undo(cell, ++next));
                cell.plan().forEach(cell::work);
                cell.clock.advance(Duration.ofMinutes(30));
            }
            assertTrue(cell.ecr.cached(pin).isPresent());
        }
    }

    @Test
    void twoWorkersDoNotSpendTheSame() {
        try (PlanningCell cell = new PlanningCell()) {
            cell.upstreams =
                    List.of(PlanningCell.hub(Optional.of(new Budget(2 * SHARE, WINDOW, 50, Counts.MANIFESTS))));
            WarmOrder first = undo(cell, 0);
            WarmOrder second = undo(cell, 1);
            List<Integer> later = new ArrayList<>();
            boolean[] begun = {false};
            cell.ecr.beforeCall = () -> {
                if (!begun[0] && cell.left("docker-hub") < 1) {
                    begun[0] = true;
                    later.add(cell.work(second).size());
                }
            };
            assertEquals(List.of(), cell.work(first));
            assertEquals(List.of(1), later, "what the bucket held was paid for the first, whose size nobody knows");
            assertEquals(Optional.empty(), cell.ecr.cached(tag(1)));
        }
    }

    @Test
    void whereLarderMaySpendNothingItWaits() {
        try (PlanningCell cell = new PlanningCell()) {
            cell.upstreams = List.of(PlanningCell.hub(Optional.of(new Budget(200, WINDOW, 100, Counts.MANIFESTS))));
            assertEquals(1, cell.work(undo(cell, 0)).size());
            assertEquals(Optional.empty(), cell.ecr.cached(tag(0)));
        }
    }

    @Test
    void whatWaitsAsksTheUpstreamForNoTag() {
        try (PlanningCell cell = new PlanningCell()) {
            cell.upstreams = List.of(PlanningCell.hub(Optional.of(new Budget(200, WINDOW, 100, Counts.MANIFESTS))));
            WarmOrder order = undo(cell, 0);
            Digested image = (Digested) order.image();
            for (String other : List.of("1.0", "1.0.1")) {
                Tagged tag = new Tagged(image.repository(), new Tag(other));
                cell.images.imported(tag, image.digest(), cell.clock.instant());
                cell.images.forget(tag, cell.clock.instant().plusSeconds(1));
            }
            cell.registries.looks.clear();
            cell.clock.advance(Duration.ofHours(1));
            cell.work(order);
            assertEquals(List.of(), cell.registries.looks);
        }
    }

    @Test
    void oneImageComesAtOnceWhileAnythingIsLeft() {
        try (PlanningCell cell = new PlanningCell()) {
            cell.upstreams =
                    List.of(PlanningCell.hub(Optional.of(new Budget(2 * SHARE, WINDOW, 50, Counts.MANIFESTS))));
            assertEquals(List.of(), cell.work(undo(cell, 5)));
            assertEquals(7, cell.left("docker-hub"));
            assertEquals(1, cell.work(undo(cell, 6)).size(), "it is the plans' window, and the budget is not whole");
            cell.clock.advance(TURN);
            assertEquals(List.of(), cell.work(undo(cell, 0), undo(cell, 1), undo(cell, 2)));
            assertEquals(1, Math.round(cell.left("docker-hub")));
            assertEquals(List.of(), cell.work(undo(cell, 3)));
            assertEquals(1, cell.work(undo(cell, 4)).size(), "it waits, and asks nobody");
            assertEquals(Optional.empty(), cell.ecr.cached(tag(4)));
        }
    }

    private static Tagged tag(int number) {
        return PlanningCell.tagged("docker-hub/library/image" + number + ":1");
    }

    private static WarmOrder undo(PlanningCell cell, int number) {
        Tagged tag = tag(number);
        ImageReference image = new Digested(
                tag.repository(),
                cell.ecr.publish(tag, "linux/amd64", "linux/arm64").digest());
        Instant now = cell.clock.instant();
        return new WarmOrder(
                "undo/" + number, image, Optional.of(tag.tag()), WarmReason.UNDO, List.of(), false, now, now);
    }
}
