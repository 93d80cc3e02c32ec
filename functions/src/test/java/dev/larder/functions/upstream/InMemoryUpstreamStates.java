package dev.larder.functions.upstream;

import dev.larder.domain.upstream.Circuit;
import dev.larder.domain.upstream.Failure;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** {@link UpstreamStates} in a map, held to the same contract test as the table's. */
public final class InMemoryUpstreamStates implements UpstreamStates {
    private final Map<String, UpstreamState> states = new HashMap<>();

    @Override
    public UpstreamState of(String prefix) {
        return states.getOrDefault(prefix, UpstreamState.NEW);
    }

    @Override
    public boolean failed(String prefix, UpstreamState seen, Circuit to, Failure failure, Instant at) {
        if (isAnother(prefix, seen)) {
            return false;
        }
        states.put(
                prefix,
                new UpstreamState(
                        to,
                        Optional.of(at),
                        Optional.of(failure.code()),
                        Optional.of(failure.reason()),
                        of(prefix).tokens()));
        return true;
    }

    @Override
    public boolean succeeded(String prefix, UpstreamState seen, Circuit to) {
        if (isAnother(prefix, seen)) {
            return false;
        }
        UpstreamState now = of(prefix);
        states.put(
                prefix,
                new UpstreamState(
                        to, now.lastFailureAt(), now.lastFailureCode(), now.lastFailureReason(), now.tokens()));
        return true;
    }

    private boolean isAnother(String prefix, UpstreamState seen) {
        UpstreamState now = of(prefix);
        return !now.lastFailureAt().equals(seen.lastFailureAt())
                || now.circuit().failures() != seen.circuit().failures()
                || now.circuit().trips() != seen.circuit().trips();
    }

    @Override
    public boolean spent(String prefix, Optional<UpstreamState.Tokens> seen, UpstreamState.Tokens left) {
        UpstreamState now = of(prefix);
        if (!now.tokens().equals(seen)) {
            return false;
        }
        states.put(
                prefix,
                new UpstreamState(
                        now.circuit(),
                        now.lastFailureAt(),
                        now.lastFailureCode(),
                        now.lastFailureReason(),
                        Optional.of(left)));
        return true;
    }
}
