package dev.larder.functions.upstream;

import dev.larder.domain.upstream.Circuit;
import dev.larder.domain.upstream.Failure;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Counts the failures and successes of upstreams, from warm orders and from events alike. News older than the last failure
 * is passed over, so that the same news twice counts once.
 */
public final class UpstreamHealth {
    private static final int TRIES = 5;

    private final UpstreamStates states;

    /** @param states where it is kept */
    public UpstreamHealth(UpstreamStates states) {
        this.states = states;
    }

    /** How the upstream's circuit stands. */
    public Circuit.Phase phase(String prefix, Instant now) {
        return states.of(prefix).circuit().phase(now);
    }

    /** Whether the upstream is to be tried again, and this image failed with it: others go first. */
    public boolean isForOthers(String prefix, String image, Instant now) {
        Circuit circuit = circuit(prefix);
        return circuit.phase(now) == Circuit.Phase.HALF_OPEN
                && circuit.shutUntil(image, now).isPresent();
    }

    /** The upstream's circuit. */
    public Circuit circuit(String prefix) {
        return states.of(prefix).circuit();
    }

    /**
     * Something of the upstream could not be had. What is not the upstream's fault changes nothing, and what is no news while
     * its circuit is half open must not stand in the way of a success.
     *
     * @param image or whatever was asked for
     */
    public void failed(String prefix, String image, Failure failure, Instant at) {
        if (failure.kind().upstreamsFault()) {
            retrying(prefix, () -> {
                UpstreamState seen = states.of(prefix);
                boolean old =
                        seen.lastFailureAt().filter(last -> !at.isAfter(last)).isPresent();
                Circuit after = seen.circuit().failed(failure.kind(), image, at);
                boolean noNews = after.phase(at) == Circuit.Phase.HALF_OPEN;
                return old || noNews || states.failed(prefix, seen, after, failure, at);
            });
        }
    }

    /** The upstream has had enough, whatever it was asked for. */
    public void failed(String prefix, Failure failure, Instant at) {
        failed(prefix, "", failure, at);
    }

    /**
     * Something of the upstream could be had.
     *
     * @param asked when it was asked for: an answer says nothing of a failure since then
     */
    public void succeeded(String prefix, Instant asked) {
        succeeded(prefix, circuit -> asked);
    }

    /**
     * ECR told at this time that it had something of the upstream. It does not say when it was asked, so a circuit that opened
     * shortly before stays open.
     */
    public void told(String prefix, Instant at) {
        succeeded(prefix, circuit -> circuit.openUntil().isPresent() ? at.minus(Circuit.FIRST) : at);
    }

    private void succeeded(String prefix, Function<Circuit, Instant> asked) {
        retrying(prefix, () -> {
            UpstreamState seen = states.of(prefix);
            Instant at = asked.apply(seen.circuit());
            boolean old = seen.lastFailureAt().filter(last -> !at.isAfter(last)).isPresent();
            return old
                    || seen.circuit().equals(Circuit.CLOSED)
                    || states.succeeded(prefix, seen, seen.circuit().succeeded());
        });
    }

    private static void retrying(String prefix, BooleanSupplier write) {
        for (int i = 0; i < TRIES; i++) {
            if (write.getAsBoolean()) {
                return;
            }
        }
        throw new IllegalStateException("could not update the circuit of " + prefix + ": it changed " + TRIES
                + " times while it was being written");
    }
}
