package dev.larder.domain.upstream;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A budget that is spent in tokens, one for each pull that the upstream counts, and refills with time.
 *
 * <p>Half of the {@link Share} can be spent at once, and the other half comes back in a window and an eighth. So in any
 * stretch of time as long as that no more than the share is spent, however the spending falls: what was in the bucket at its
 * start, and what came since. The eighth is for what is paid first and fetched a little later: in any stretch as long as the
 * upstream's window no more than the share is fetched, if nothing is fetched later than {@link #grace} after it was paid.
 *
 * <p>What costs more than half of the share would never fit. It may be spent after a whole window in which nothing was: then
 * it is the only thing in any window with it, and what the bucket lacks afterwards comes back first.
 *
 * @param capacity the most it holds
 * @param refill what comes back in each window
 * @param window the upstream's, and an eighth
 * @param level what is in it, at most the capacity; below zero when more was spent than it held
 * @param at as of when
 * @param ceiling what may be spent whatever is in it, until the upstream reports again; infinite when it reported nothing
 */
public record TokenBucket(double capacity, double refill, Duration window, double level, Instant at, double ceiling) {
    /** @throws IllegalArgumentException when there are more tokens than fit */
    public TokenBucket {
        if (!(level <= capacity)) {
            throw new IllegalArgumentException("a bucket of " + capacity + " tokens cannot hold " + level);
        }
        if (!(ceiling >= 0)) {
            throw new IllegalArgumentException("cannot spend " + ceiling + " tokens at most");
        }
    }

    /** A bucket that nothing was taken from yet. */
    public static TokenBucket full(Share share, Instant now) {
        return holding(share, share.pulls(), now);
    }

    /** A bucket with so many tokens as of a time, cut to what fits: how a stored one is read back. */
    public static TokenBucket holding(Share share, double tokens, Instant at) {
        return under(List.of(share), tokens, at, Double.POSITIVE_INFINITY);
    }

    /**
     * A bucket that keeps within several shares at once: it holds no more than the smallest half and refills as slowly as
     * the slowest, so that in each one's window no more than that one is spent.
     *
     * @param shares one or more
     * @param tokens what is in it, cut to what fits
     */
    static TokenBucket under(List<Share> shares, double tokens, Instant at, double ceiling) {
        double capacity = shares.stream().mapToDouble(TokenBucket::half).min().orElseThrow();
        Share slowest = shares.stream()
                .min(Comparator.comparingDouble(share -> half(share) / seconds(share.per())))
                .orElseThrow();
        return new TokenBucket(
                capacity,
                half(slowest),
                slowest.per().multipliedBy(9).dividedBy(8),
                Math.min(tokens, capacity),
                at,
                Math.max(0, ceiling));
    }

    /** How long after it was paid something may be fetched, and be in no other window than those that it was paid for. */
    public Duration grace() {
        return window.dividedBy(9);
    }

    private static double half(Share share) {
        return share.pulls() / 2.0;
    }

    /** What can be spent as of {@link #at}. */
    public double tokens() {
        return Math.max(0, Math.min(level, ceiling));
    }

    /** The most that can ever be spent at once: the whole share. */
    public double dearest() {
        return 2 * Math.min(capacity, refill);
    }

    /** Whether so much can be spent, but only after a window in which nothing was. */
    public boolean needsAnIdleWindow(int cost) {
        return cost > capacity && cost <= dearest();
    }

    /** Whether the upstream reports less than that, however long nothing is spent: others may have used it. */
    public boolean isReportedLess(int cost) {
        return cost > ceiling;
    }

    /** The bucket at a later time. A clock that went back adds nothing. */
    public TokenBucket at(Instant now) {
        if (!now.isAfter(at)) {
            return this;
        }
        double windows = seconds(Duration.between(at, now)) / seconds(window);
        return new TokenBucket(capacity, refill, window, Math.min(capacity, level + windows * refill), now, ceiling);
    }

    /** The bucket after spending, or nothing when it holds too little. */
    public Optional<TokenBucket> spend(int cost, Instant now) {
        if (cost < 0) {
            throw new IllegalArgumentException("cannot spend " + cost + " tokens");
        }
        TokenBucket refilled = at(now);
        boolean fits = cost <= refilled.tokens();
        boolean idle = refilled.level >= capacity && !now.isBefore(at.plus(window));
        boolean alone = needsAnIdleWindow(cost) && idle && !refilled.isReportedLess(cost);
        return fits || alone ? Optional.of(refilled.less(cost)) : Optional.empty();
    }

    /** The bucket when something cost more than was paid for it. What it lacks comes back before anything is spent. */
    public TokenBucket owing(int tokens, Instant now) {
        if (tokens < 0) {
            throw new IllegalArgumentException("cannot owe " + tokens + " tokens");
        }
        return at(now).less(tokens);
    }

    private TokenBucket less(int tokens) {
        return new TokenBucket(capacity, refill, window, level - tokens, at, Math.max(0, ceiling - tokens));
    }

    /** The bucket after some of what was spent turned out not to be needed. No more than fits comes back. */
    public TokenBucket returned(int tokens, Instant now) {
        if (tokens < 0) {
            throw new IllegalArgumentException("cannot give back " + tokens + " tokens");
        }
        TokenBucket refilled = at(now);
        return new TokenBucket(
                capacity,
                refill,
                window,
                Math.min(capacity, refilled.level + tokens),
                refilled.at,
                refilled.ceiling + tokens);
    }

    private static double seconds(Duration duration) {
        return duration.getSeconds() + duration.getNano() / 1e9;
    }
}
