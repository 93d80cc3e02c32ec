package dev.larder.functions.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.config.Registry;
import dev.larder.config.Upstream;
import dev.larder.config.Warm;
import dev.larder.events.WarmOrder;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A pin that matches far more tags than a plan may order. */
class ManyTagsTest {
    private static final int TAGS = 5_000;
    private static final int IMAGES = 30;

    private final PlanningCell cell = new PlanningCell();

    @BeforeEach
    void begin() {
        cell.upstreams = List.of(
                PlanningCell.hub(Optional.empty()),
                new Upstream("quay", Registry.QUAY, "quay.io", Optional.empty(), List.of(), Optional.empty()));
        cell.pin("quay/team/app:build-*");
        cell.limit(new Warm.Limits(IMAGES, Long.MAX_VALUE));
        cell.listed(
                "quay/team/app",
                IntStream.range(0, TAGS).mapToObj(i -> "build-" + i).toArray(String[]::new));
    }

    @AfterEach
    void close() {
        cell.close();
    }

    @Test
    void aPlanReadsNoMoreThanItMayOrder() {
        int before = cell.local.calls();
        assertEquals(IMAGES, cell.plan().size());
        int calls = cell.local.calls() - before;
        assertTrue(calls < 10 * IMAGES, () -> calls + " calls for " + IMAGES + " orders");
    }

    @Test
    void theNextPlanOrdersOthers() {
        Set<String> ordered = new HashSet<>();
        for (int plan = 0; plan < 3; plan++) {
            for (WarmOrder order : cell.plan()) {
                assertTrue(ordered.add(order.image().toString()), () -> order.image() + " is ordered twice");
            }
        }
        assertEquals(3 * IMAGES, ordered.size());
    }
}
