package dev.larder.functions.upstream;

import dev.larder.domain.upstream.Circuit;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Lets orders through to an upstream: all while its circuit is closed, one at a time while it is half open. */
public final class UpstreamGate {
    /** When to come again while another order is the probe. */
    private static final Duration PROBING = Duration.ofSeconds(30);

    private final UpstreamHealth health;
    private final Probes probes;
    private final InstantSource clock;

    /** Takes the ports. */
    public UpstreamGate(UpstreamHealth health, Probes probes, InstantSource clock) {
        this.health = health;
        this.probes = probes;
        this.clock = clock;
    }

    /**
     * An order's way through, which it has to close.
     *
     * @param shutUntil when to try again; absent when the way is open
     * @param probe whether it is the one order that is to find out whether the upstream works again
     */
    public record Passage(Optional<Instant> shutUntil, boolean probe, Runnable end) implements AutoCloseable {
        @Override
        public void close() {
            end.run();
        }
    }

    /**
     * Lets an order through, or says when to try again.
     *
     * @param image that is asked for: while the upstream may still be out, one that failed waits for the others
     */
    public Passage enter(String prefix, String image, String orderId) {
        Instant now = clock.instant();
        Circuit circuit = health.circuit(prefix);
        Optional<Instant> shut = circuit.shutUntil(image, now);
        if (shut.isPresent()) {
            return shut(shut.get());
        }
        if (circuit.phase(now) == Circuit.Phase.CLOSED) {
            return new Passage(Optional.empty(), false, () -> {});
        }
        return probes.take(prefix, orderId, now) ? probe(prefix, orderId, now) : shut(now.plus(PROBING));
    }

    /** The probe before this one may have been over, with its outcome written, since the circuit was looked at. */
    private Passage probe(String prefix, String orderId, Instant now) {
        if (health.circuit(prefix).phase(now) == Circuit.Phase.OPEN) {
            probes.end(prefix, orderId, now);
            return shut(prefix, now);
        }
        return new Passage(Optional.empty(), true, () -> probes.end(prefix, orderId, clock.instant()));
    }

    private Passage shut(String prefix, Instant now) {
        return shut(health.circuit(prefix).openUntil().orElse(now.plus(PROBING)));
    }

    private static Passage shut(Instant until) {
        return new Passage(Optional.of(until), false, () -> {});
    }
}
