package dev.larder.domain.upstream;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What Larder may spend of an upstream: what the file says and what the upstream reports, whichever is less. With neither
 * no limit is known. A report can only take away from what the file allows, so an upstream that lies harms itself alone.
 * What it had left says nothing once its window is over; its limit holds until it reports another.
 *
 * <p>What was paid before a report and is imported after it is not in what the report has left; the reserve is there for
 * that as well.
 *
 * @param reported the newest; one that is older than {@link #REMEMBERED}, or was made under a wrong clock, is passed over
 */
public record Allowance(Optional<StatedLimit> stated, Optional<LimitReport> reported) {
    /** What is kept for users, in percent, of a limit that the file says nothing of. */
    public static final int RESERVE_PERCENT = 50;

    /** So long a limit that was reported holds; an upstream is asked for something more often than that. */
    public static final Duration REMEMBERED = Duration.ofDays(31);

    /** The bucket of an upstream of which nothing was spent yet; absent when no limit is known. */
    public Optional<TokenBucket> bucket(Instant now) {
        return bucket(Double.MAX_VALUE, Instant.EPOCH, now);
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
                        reported
                                .filter(report -> counts(report, now))
                                .filter(report -> report.isCurrent(now) || hasAShare(report))
                                .map(report -> report.share(reservePercent()))
                                .stream())
                .toList();
        double ceiling = current.map(report -> report.ceiling(reservePercent())).orElse(Double.POSITIVE_INFINITY);
        return shares.isEmpty() ? Optional.empty() : Optional.of(TokenBucket.under(shares, level, at, ceiling));
    }

    /** Whether the limit that was reported still holds, whatever was left of it. */
    public static boolean counts(LimitReport report, Instant now) {
        boolean remembered = report.limit().window().compareTo(RateLimitHeaders.LONGEST_WINDOW) <= 0
                && !report.at().isAfter(now)
                && !report.at().isBefore(now.minus(REMEMBERED));
        return remembered || report.isCurrent(now);
    }

    /** Of what leaves Larder nothing it would never hear again, where each request counts. */
    private boolean hasAShare(LimitReport report) {
        return report.share(reservePercent()).pulls() > 0;
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
