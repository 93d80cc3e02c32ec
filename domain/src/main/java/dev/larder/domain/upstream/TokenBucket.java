package dev.larder.domain.upstream;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A budget that is spent in tokens, one for each pull that the upstream counts, and refills with time.
 *
 * <p>Half of the {@link Share} can be spent at once, and the other half comes back in each window. So in any stretch of
 * time as long as the window no more than the share is spent, however the spending falls: what was in the bucket at its
 * start, and what came since.
 *
 * @param capacity the most it holds
 * @param refill what comes back in each window
 * @param window the upstream's
 * @param tokens what is left, 0 to capacity
 * @param at as of when
 */
public record TokenBucket(double capacity, double refill, Duration window, double tokens, Instant at) {
    /** @throws IllegalArgumentException when there are fewer than no tokens, or more than fit */
    public TokenBucket {
        if (!(tokens >= 0 && tokens <= capacity)) {
            throw new IllegalArgumentException("a bucket of " + capacity + " tokens cannot hold " + tokens);
        }
    }

    /** A bucket that nothing was taken from yet. */
    public static TokenBucket full(Share share, Instant now) {
        double half = share.pulls() / 2.0;
        return new TokenBucket(half, half, share.per(), half, now);
    }

    /** A bucket with so many tokens as of a time, cut to what fits: how a stored one is read back. */
    public static TokenBucket holding(Share share, double tokens, Instant at) {
        double half = share.pulls() / 2.0;
        return new TokenBucket(half, half, share.per(), Math.clamp(tokens, 0, half), at);
    }

    /** The bucket at a later time. A clock that went back adds nothing. */
    public TokenBucket at(Instant now) {
        if (!now.isAfter(at)) {
            return this;
        }
        double windows = seconds(Duration.between(at, now)) / seconds(window);
        return new TokenBucket(capacity, refill, window, Math.min(capacity, tokens + windows * refill), now);
    }

    /** The bucket after spending, or nothing when it holds too little. */
    public Optional<TokenBucket> spend(int cost, Instant now) {
        if (cost < 0) {
            throw new IllegalArgumentException("cannot spend " + cost + " tokens");
        }
        TokenBucket refilled = at(now);
        return refilled.tokens < cost
                ? Optional.empty()
                : Optional.of(new TokenBucket(capacity, refill, window, refilled.tokens - cost, refilled.at));
    }

    private static double seconds(Duration duration) {
        return duration.getSeconds() + duration.getNano() / 1e9;
    }
}
