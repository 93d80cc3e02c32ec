package dev.larder.functions.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.config.Warm;
import dev.larder.domain.warming.ImportSize;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The bytes of a day are spent once, by however many plans at a time. */
class DayBytesTest {
    private final PlanningCell cell = new PlanningCell();

    @AfterEach
    void close() {
        cell.close();
    }

    @Test
    void whatDoesNotFitIsNotTaken() {
        assertTrue(cell.bytes.take(60, 100, PlanningCell.NOON));
        assertFalse(cell.bytes.take(41, 100, PlanningCell.NOON));
        assertTrue(cell.bytes.take(40, 100, PlanningCell.NOON));
        assertFalse(cell.bytes.take(1, 100, PlanningCell.NOON));
        assertTrue(cell.bytes.take(0, 100, PlanningCell.NOON));
        assertEquals(100, cell.bytes.of(PlanningCell.NOON));
    }

    @Test
    void moreThanALimitDoesNotFitAnEmptyDay() {
        assertFalse(cell.bytes.take(101, 100, PlanningCell.NOON));
        assertEquals(0, cell.bytes.of(PlanningCell.NOON));
    }

    @Test
    void plansAtOnceKeepTheLimitTogether() throws ExecutionException, InterruptedException {
        long limit = ImportSize.UNKNOWN.bytes() * 3;
        cell.pin("docker-hub/library/one:1", "docker-hub/library/two:1");
        cell.limit(new Warm.Limits(100, limit));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> plans = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                plans.add(threads.submit(() ->
                        cell.planning().spend(PlanningCell.NOON).plan().orders().size()));
            }
            int orders = 0;
            for (Future<Integer> plan : plans) {
                orders += plan.get();
            }
            assertTrue(orders > 0 && orders <= 3, orders + " orders");
            assertEquals(orders * ImportSize.UNKNOWN.bytes(), cell.bytes.of(PlanningCell.NOON));
        }
    }
}
