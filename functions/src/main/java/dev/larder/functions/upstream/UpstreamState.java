package dev.larder.functions.upstream;

import dev.larder.domain.upstream.Circuit;
import dev.larder.domain.upstream.LimitReport;
import dev.larder.domain.upstream.Saving;
import java.time.Instant;
import java.util.Optional;

/**
 * What the table knows of an upstream.
 *
 * @param lastFailureAt when it last failed
 * @param lastFailureCode with which code, as it came
 * @param lastFailureReason and why, as it came
 * @param tokens what is left of its budget; absent when nothing was spent yet
 * @param report the newest that it reported of its limit; absent when it never did
 * @param saving what its budget is or was last saved for; absent when it never was
 */
public record UpstreamState(
        Circuit circuit,
        Optional<Instant> lastFailureAt,
        Optional<String> lastFailureCode,
        Optional<String> lastFailureReason,
        Optional<Tokens> tokens,
        Optional<LimitReport> report,
        Optional<Saving> saving) {
    /** An upstream that nothing happened to. */
    public static final UpstreamState NEW = new UpstreamState(
            Circuit.CLOSED,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /**
     * What is left of a budget.
     *
     * @param at as of when
     */
    public record Tokens(double left, Instant at) {}
}
