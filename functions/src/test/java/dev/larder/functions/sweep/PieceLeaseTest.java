package dev.larder.functions.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.functions.sweep.Pieces.Kind;
import dev.larder.functions.table.LocalTable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PieceLeaseTest {
    private static final Instant NOW = Instant.parse("2026-10-01T00:00:00Z");

    private final LocalTable table = new LocalTable();
    private final Pieces pieces = new Pieces(table.table());

    @AfterEach
    void close() {
        table.close();
    }

    @Test
    void ofManyAtOnceOneHasIt() throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Optional<PieceLease>>> tries = IntStream.range(0, 8)
                    .mapToObj(worker -> workers.submit(() -> {
                        start.await();
                        return take(NOW);
                    }))
                    .toList();
            start.countDown();
            int held = 0;
            for (Future<Optional<PieceLease>> one : tries) {
                held += one.get().isPresent() ? 1 : 0;
            }
            assertEquals(1, held);
        }
    }

    @Test
    void theNextHasItOnceItIsClosed() {
        take(NOW).orElseThrow().close();
        assertTrue(take(NOW).isPresent());
    }

    @Test
    void otherPiecesAndOtherRunsHaveTheirOwn() {
        assertTrue(take(NOW).isPresent());
        assertTrue(pieces.take("r1", Kind.EVICT, 8, NOW).isPresent());
        assertTrue(pieces.take("r1", Kind.SELECT, 7, NOW).isPresent());
        assertTrue(pieces.take("r2", Kind.EVICT, 7, NOW).isPresent());
        assertEquals(0, pieces.countDone("r1", Kind.EVICT), "who is at it is not done");
        assertEquals(Optional.empty(), pieces.lastDone("r1"));
    }

    @Test
    void thatOfAWorkerThatDiedRunsOutAndNoLateCloseEndsTheNext() {
        PieceLease dead = take(NOW).orElseThrow();
        assertFalse(take(NOW.plus(PieceLease.TERM).minusSeconds(1)).isPresent());
        assertTrue(take(NOW.plus(PieceLease.TERM)).isPresent());
        dead.close();
        assertFalse(take(NOW.plus(PieceLease.TERM).plusSeconds(1)).isPresent());
    }

    private Optional<PieceLease> take(Instant now) {
        return pieces.take("r1", Kind.EVICT, 7, now);
    }
}
