package dev.larder.functions.upstream;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.domain.warming.Lease;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What all {@link Probes} do. */
abstract class ProbesContract {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    abstract Probes probes();

    @Test
    void oneOrderAtATimeIsTheProbeOfAnUpstream() {
        assertTrue(probes().take("docker-hub", "one", NOON));
        assertFalse(probes().take("docker-hub", "two", NOON.plusSeconds(1)));
        assertTrue(probes().take("quay", "two", NOON.plusSeconds(1)), "each upstream has its own");
        probes().end("docker-hub", "two", NOON.plusSeconds(2));
        assertFalse(probes().take("docker-hub", "two", NOON.plusSeconds(3)), "it was never the probe");
        probes().end("docker-hub", "one", NOON.plusSeconds(4));
        assertTrue(probes().take("docker-hub", "two", NOON.plusSeconds(5)));
    }

    @Test
    void aProbeThatDiedMakesRoom() {
        assertTrue(probes().take("docker-hub", "one", NOON));
        assertTrue(probes().take("docker-hub", "two", NOON.plus(Lease.TERM)));
    }
}
