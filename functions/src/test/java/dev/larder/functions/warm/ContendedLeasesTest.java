package dev.larder.functions.warm;

import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.larder.domain.warming.Lease;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.functions.table.LocalTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;

/** Several workers go for one image at once: however long each holds it, and also past its end, no two have it. */
class ContendedLeasesTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final LocalTable TABLE = new LocalTable();
    private static int run;

    private final WarmLeases leases = new DynamoDbWarmLeases(TABLE.table());
    private final Tagged image = (Tagged) ImageReference.parse("docker-hub/library/contended:" + run++);
    private final AtomicReference<Instant> clock = new AtomicReference<>(NOON);

    /**
     * Somebody had the lease.
     *
     * @param until when it was given back, or ran out
     */
    private record Held(String order, Instant from, Instant until) {}

    @AfterContainer
    static void close() {
        TABLE.close();
    }

    /** @param holds seconds that each turn of each worker holds the lease; some are longer than it runs */
    @Property(tries = 15, shrinking = ShrinkingMode.OFF)
    void noTwoHaveAnImageAtATime(
            @ForAll @Size(min = 3, max = 4) List<@Size(min = 8, max = 12) List<@IntRange(min = 1, max = 700) Integer>> holds)
            throws InterruptedException, ExecutionException {
        List<Held> held = new ArrayList<>();
        try (ExecutorService workers = Executors.newFixedThreadPool(holds.size())) {
            List<Callable<List<Held>>> work = new ArrayList<>();
            for (int worker = 0; worker < holds.size(); worker++) {
                String name = "worker-" + worker;
                List<Integer> turns = holds.get(worker);
                work.add(() -> turns(name, turns));
            }
            for (Future<List<Held>> done : workers.invokeAll(work)) {
                held.addAll(done.get());
            }
        }
        assertFalse(held.isEmpty(), "somebody gets it");
        held.sort(Comparator.comparing(Held::from));
        for (int i = 1; i < held.size(); i++) {
            Held before = held.get(i - 1);
            Held after = held.get(i);
            assertFalse(after.from().isBefore(before.until()), () -> before + " and " + after);
        }
    }

    /** Each reads one clock, which whoever holds the lease moves on by as long as it holds it. */
    private List<Held> turns(String worker, List<Integer> holds) {
        List<Held> held = new ArrayList<>();
        for (int turn = 0; turn < holds.size(); turn++) {
            String order = worker + "/" + turn;
            Instant from = clock.get();
            if (!leases.acquire(image, order, from)) {
                clock.updateAndGet(now -> now.plusSeconds(5));
                continue;
            }
            Instant end = from.plusSeconds(holds.get(turn));
            clock.updateAndGet(now -> now.isAfter(end) ? now : end);
            leases.release(image, order, end);
            Instant ranOut = from.plus(Lease.TERM);
            held.add(new Held(order, from, end.isBefore(ranOut) ? end : ranOut));
        }
        return held;
    }
}
