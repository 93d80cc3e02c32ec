package dev.larder.functions.upstream;

import dev.larder.domain.upstream.Circuit;
import dev.larder.domain.upstream.Failure;
import dev.larder.domain.upstream.LimitReport;
import dev.larder.domain.upstream.ReportedLimit;
import dev.larder.domain.upstream.Saving;
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
     * Sets what is left of the budget, and what was spent since the upstream's last report.
     *
     * @param seen the state that it was counted from; its tokens and its report must still be these
     * @param report the report that was seen, with what was spent since; absent when there was none
     * @return false when the budget is no longer {@code seen}; nothing was written then
     */
    boolean spent(String prefix, UpstreamState seen, UpstreamState.Tokens left, Optional<LimitReport> report);

    /**
     * Keeps what the upstream reported of its limit, unless a newer report is kept. One that is newer by more than a window
     * was made under a wrong clock, and gives way.
     *
     * @param at when the upstream said so
     * @return whether it was kept
     */
    boolean reported(String prefix, ReportedLimit limit, Instant at);

    /** Sets what the budget is saved for, whatever it was before. */
    void saving(String prefix, Saving saving);
}
