package dev.larder.domain.upstream;

import java.time.Duration;
import java.time.Instant;

/**
 * The newest that an upstream reported of its limit.
 *
 * @param at when it said so
 * @param spent what Larder spent since, 0 or more
 */
public record LimitReport(ReportedLimit limit, Instant at, double spent) {
    /** @throws IllegalArgumentException when less than nothing was spent */
    public LimitReport {
        if (!(spent >= 0)) {
            throw new IllegalArgumentException("cannot have spent " + spent + " pulls");
        }
    }

    /** A report after which nothing was spent yet. */
    public static LimitReport of(ReportedLimit limit, Instant at) {
        return new LimitReport(limit, at, 0);
    }

    /**
     * Whether it still says something: what was counted when it was made has left the upstream's window after a window. One
     * from as far ahead was made under a wrong clock. One of a longer window than there are is kept from before, and says
     * nothing.
     */
    public boolean isCurrent(Instant now) {
        return limit.window().compareTo(RateLimitHeaders.LONGEST_WINDOW) <= 0
                && Duration.between(at, now).abs().compareTo(limit.window()) < 0;
    }

    Share share(int reservePercent) {
        return Share.of(limit.limit(), limit.window(), reservePercent);
    }

    /** What may be spent until the next report: what the upstream had left, less the reserve, less what was spent since. */
    double ceiling(int reservePercent) {
        int reserved = limit.limit() - share(reservePercent).pulls();
        return Math.max(0, limit.remaining() - reserved - spent);
    }

    LimitReport spending(double more) {
        return new LimitReport(limit, at, Math.max(0, spent + more));
    }
}
