package dev.larder.domain.upstream;

import static dev.larder.domain.upstream.FailureKind.NOT_FOUND;
import static dev.larder.domain.upstream.FailureKind.UPSTREAM_LIMIT;
import static dev.larder.domain.upstream.FailureKind.UPSTREAM_UNAVAILABLE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.domain.upstream.Circuit.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class CircuitTest {
    private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");

    @Test
    void itOpensAfterFiveFailuresInARow() {
        Circuit circuit = Circuit.CLOSED;
        for (int i = 0; i < 4; i++) {
            circuit = circuit.failed(UPSTREAM_UNAVAILABLE, NOW);
            assertEquals(Phase.CLOSED, circuit.phase(NOW));
        }
        assertEquals(Phase.OPEN, circuit.failed(UPSTREAM_UNAVAILABLE, NOW).phase(NOW));
    }

    @Test
    void aSuccessInBetweenStartsTheCountAgain() {
        Circuit circuit = Circuit.CLOSED;
        for (int i = 0; i < 20; i++) {
            circuit = i % 4 == 3 ? circuit.succeeded() : circuit.failed(UPSTREAM_UNAVAILABLE, NOW);
            assertEquals(Phase.CLOSED, circuit.phase(NOW));
        }
    }

    @Test
    void aLimitOpensItAtOnce() {
        assertEquals(Phase.OPEN, Circuit.CLOSED.failed(UPSTREAM_LIMIT, NOW).phase(NOW));
    }

    @Test
    void anImageThatIsNotThereIsNotTheUpstreamsFault() {
        assertEquals(Circuit.CLOSED, Circuit.CLOSED.failed(NOT_FOUND, NOW));
    }

    @Test
    void aProbeThatFailsOpensItForTwiceAsLong() {
        Circuit open = Circuit.CLOSED.failed(UPSTREAM_LIMIT, NOW);
        Instant then = open.openUntil().orElseThrow();
        assertEquals(Circuit.FIRST, Duration.between(NOW, then));
        assertEquals(Phase.HALF_OPEN, open.phase(then));
        Circuit again = open.failed(UPSTREAM_UNAVAILABLE, then);
        assertEquals(
                Circuit.FIRST.multipliedBy(2),
                Duration.between(then, again.openUntil().orElseThrow()));
    }

    @Test
    void aProbeThatSucceedsClosesIt() {
        assertEquals(Circuit.CLOSED, Circuit.CLOSED.failed(UPSTREAM_LIMIT, NOW).succeeded());
    }

    @Property
    void itIsNeverOpenForLongerThanTheLongest(
            @ForAll @Size(max = 40) List<FailureKind> kinds, @ForAll @IntRange(max = 10_000) int step) {
        Circuit circuit = Circuit.CLOSED;
        Instant now = NOW;
        for (FailureKind kind : kinds) {
            now = now.plusSeconds(step);
            circuit = circuit.failed(kind, now);
            Instant latest = now.plus(Circuit.LONGEST);
            assertTrue(circuit.openUntil().filter(latest::isBefore).isEmpty());
        }
    }
}
