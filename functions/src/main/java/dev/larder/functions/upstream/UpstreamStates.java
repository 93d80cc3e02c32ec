package dev.larder.functions.upstream;

import dev.larder.domain.upstream.Circuit;
import dev.larder.domain.upstream.Failure;
import java.time.Instant;
import java.util.Optional;

/** Holds the state of each upstream. Writes name what they saw before, and do nothing when it has changed since. */
public interface UpstreamStates {
    /**
     * The state of an upstream.
     *
     * @param prefix its rule's
     */
    UpstreamState of(String prefix);

    /**
     * Moves the circuit after a failure.
     *
     * @return false when the state is no longer {@code seen}; nothing was written then
     */
    boolean failed(String prefix, UpstreamState seen, Circuit to, Failure failure, Instant at);

    /**
     * Moves the circuit after a success.
     *
     * @return false when the state is no longer {@code seen}; nothing was written then
     */
    boolean succeeded(String prefix, UpstreamState seen, Circuit to);

    /**
     * Sets what is left of the budget.
     *
     * @param seen what was left before; absent when nothing was spent before
     * @return false when that is no longer so; nothing was written then
     */
    boolean spent(String prefix, Optional<UpstreamState.Tokens> seen, UpstreamState.Tokens left);
}
