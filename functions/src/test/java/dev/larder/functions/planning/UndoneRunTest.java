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
    private static final int IMAGES = 10;

    /** An index with two images, each with a configuration and a layer. */
    private static final int MANIFESTS = 3;

    private static final int REQUESTS = 7;

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
    void oneImageComesAtOnceWhileAnythingIsLeft() {
        try (PlanningCell cell = new PlanningCell()) {
            cell.upstreams =
                    List.of(PlanningCell.hub(Optional.of(new Budget(2 * SHARE, WINDOW, 50, Counts.MANIFESTS))));
            assertEquals(List.of(), cell.work(undo(cell, 0), undo(cell, 1), undo(cell, 2)));
            assertEquals(1, cell.left("docker-hub"));
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
