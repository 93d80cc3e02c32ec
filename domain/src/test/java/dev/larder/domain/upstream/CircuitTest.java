package dev.larder.domain.upstream;

import static dev.larder.domain.upstream.FailureKind.CREDENTIALS;
import static dev.larder.domain.upstream.FailureKind.NOT_FOUND;
import static dev.larder.domain.upstream.FailureKind.UPSTREAM_LIMIT;
import static dev.larder.domain.upstream.FailureKind.UPSTREAM_UNAVAILABLE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.domain.upstream.Circuit.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class CircuitTest {
    private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");

    @Test
    void itOpensAfterFiveImagesFailedInARow() {
        Circuit circuit = Circuit.CLOSED;
        for (int i = 0; i < 4; i++) {
            circuit = circuit.failed(UPSTREAM_UNAVAILABLE, "image " + i, NOW);
            assertEquals(Phase.CLOSED, circuit.phase(NOW));
        }
        assertEquals(
                Phase.OPEN, circuit.failed(UPSTREAM_UNAVAILABLE, "another", NOW).phase(NOW));
    }

    @Test
    void oneImageAloneOpensItNeverHoweverOftenItFails() {
        Circuit circuit = Circuit.CLOSED;
        for (int i = 0; i < 100; i++) {
            circuit = circuit.failed(i % 2 == 0 ? UPSTREAM_UNAVAILABLE : CREDENTIALS, "broken", NOW);
            assertEquals(Phase.CLOSED, circuit.phase(NOW));
        }
        assertTrue(circuit.isSuspect("broken"));
    }

    @Test
    void refusedCredentialsOpenItWithTheSecondImage() {
        Circuit once = Circuit.CLOSED.failed(CREDENTIALS, "one", NOW);
        assertEquals(Phase.CLOSED, once.phase(NOW));
        assertEquals(Phase.OPEN, once.failed(CREDENTIALS, "two", NOW).phase(NOW));
    }

    @Test
    void anImageThatFailedBeforeIsTriedAfterTheOthersAndShutsItForNoLonger() {
        Circuit open =
                Circuit.CLOSED.failed(UPSTREAM_UNAVAILABLE, "broken", NOW).failed(UPSTREAM_LIMIT, NOW);
        Instant then = open.openUntil().orElseThrow();
        assertEquals(Optional.of(then), open.shutUntil("broken", NOW));
        assertEquals(Optional.of(then), open.shutUntil("other", NOW));
        Instant others = then.plus(Circuit.OTHERS_FIRST);
        assertEquals(Optional.of(others), open.shutUntil("broken", then));
        assertEquals(Optional.empty(), open.shutUntil("other", then));
        assertEquals(Optional.empty(), open.shutUntil("broken", others));
        assertEquals(open, open.failed(UPSTREAM_UNAVAILABLE, "broken", others.minusSeconds(1)), "it is no news");
        Circuit again = open;
        for (int i = 0; i < 5; i++) {
            Instant now = again.openUntil().orElseThrow().plus(Circuit.OTHERS_FIRST);
            again = again.failed(UPSTREAM_UNAVAILABLE, "broken", now);
            assertEquals(Optional.of(now.plus(Circuit.FIRST)), again.openUntil());
        }
        Instant last = again.openUntil().orElseThrow();
        assertEquals(
                Optional.of(last.plus(Circuit.FIRST.multipliedBy(2))),
                again.failed(UPSTREAM_UNAVAILABLE, "other", last).openUntil());
    }

    @Test
    void theNewestSuspectsAreKept() {
        Circuit circuit = Circuit.CLOSED;
        Instant now = NOW;
        for (int i = 0; i < 50; i++) {
            circuit = circuit.failed(UPSTREAM_UNAVAILABLE, "image " + i, now);
            now = now.plus(Circuit.LONGEST);
        }
        assertEquals(20, circuit.suspects().size());
        assertTrue(circuit.isSuspect("image 49"));
    }

    @Test
    void aSuccessInBetweenStartsTheCountAgain() {
        Circuit circuit = Circuit.CLOSED;
        for (int i = 0; i < 20; i++) {
            circuit = i % 4 == 3 ? circuit.succeeded() : circuit.failed(UPSTREAM_UNAVAILABLE, "image " + i, NOW);
            assertEquals(Phase.CLOSED, circuit.phase(NOW));
        }
    }

    @Test
    void aLimitOpensItAtOnce() {
        assertEquals(Phase.OPEN, Circuit.CLOSED.failed(UPSTREAM_LIMIT, NOW).phase(NOW));
    }

    @Test
    void anImageThatIsNotThereIsNotTheUpstreamsFault() {
        assertEquals(Circuit.CLOSED, Circuit.CLOSED.failed(NOT_FOUND, "image", NOW));
    }

    @Test
    void aProbeThatFailsOpensItForTwiceAsLong() {
        Circuit open = Circuit.CLOSED.failed(UPSTREAM_LIMIT, NOW);
        Instant then = open.openUntil().orElseThrow();
        assertEquals(Circuit.FIRST, Duration.between(NOW, then));
        assertEquals(Phase.HALF_OPEN, open.phase(then));
        Circuit again = open.failed(UPSTREAM_UNAVAILABLE, "image", then);
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
            circuit = circuit.failed(kind, "image " + now, now);
            Instant latest = now.plus(Circuit.LONGEST);
            assertTrue(circuit.openUntil().filter(latest::isBefore).isEmpty());
        }
    }
}
