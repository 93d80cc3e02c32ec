package dev.larder.domain.upstream;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What Larder may spend of an upstream: what the file says and what the upstream reports, whichever is less. With neither
 * no limit is known. A report can only take away from what the file allows, so an upstream that lies harms itself alone.
 *
 * <p>What was paid before a report and is imported after it is not in what the report has left; the reserve is there for
 * that as well.
 *
 * @param reported what has outlived its window is passed over
 */
public record Allowance(Optional<StatedLimit> stated, Optional<LimitReport> reported) {
    /** What is kept for users, in percent, of a limit that the file says nothing of. */
    public static final int RESERVE_PERCENT = 50;

    /** The bucket of an upstream of which nothing was spent yet; absent when no limit is known. */
    public Optional<TokenBucket> bucket(Instant now) {
        return bucket(Double.MAX_VALUE, now, now);
    }

    /**
     * The bucket as it was left, not refilled since; absent when no limit is known.
     *
     * @param level what was in it
     * @param at as of when
     */
    public Optional<TokenBucket> bucket(double level, Instant at, Instant now) {
        Optional<LimitReport> current = reported.filter(report -> report.isCurrent(now));
        var shares = Stream.concat(
                        stated.map(StatedLimit::share).stream(),
                        current.map(report -> report.share(reservePercent())).stream())
                .toList();
        double ceiling = current.map(report -> report.ceiling(reservePercent())).orElse(Double.POSITIVE_INFINITY);
        return shares.isEmpty() ? Optional.empty() : Optional.of(TokenBucket.under(shares, level, at, ceiling));
    }

    /** The report after its bucket was spent down to this. */
    public Optional<LimitReport> reported(TokenBucket left) {
        return reported.map(report -> Double.isInfinite(left.ceiling())
                ? report
                : report.spending(report.ceiling(reservePercent()) - left.ceiling()));
    }

    private int reservePercent() {
        return stated.map(StatedLimit::reservePercent).orElse(RESERVE_PERCENT);
    }
}
