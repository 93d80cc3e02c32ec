package dev.larder.benchmarks.warming;

import dev.larder.domain.upstream.Circuit;
import dev.larder.domain.upstream.Share;
import dev.larder.domain.upstream.TokenBucket;
import dev.larder.domain.warming.Funds;
import dev.larder.domain.warming.WarmPlan;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What Larder may spend at the one upstream, when there is a limit; the upstream is always well. */
final class Purse {
    private final Optional<Share> share;
    private Optional<TokenBucket> bucket;

    Purse(Optional<Share> share, Instant now) {
        this.share = share;
        bucket = share.map(some -> TokenBucket.full(some, now));
    }

    Map<String, Funds> funds() {
        return bucket.map(some -> Map.of(World.PREFIX, new Funds(Circuit.CLOSED, Optional.of(some))))
                .orElse(Map.of());
    }

    /** A plan was made, and is paid. */
    void paid(WarmPlan plan) {
        bucket = Optional.ofNullable(plan.buckets().get(World.PREFIX));
    }

    /** An order took less than was paid for it, or, if it could not be known, more. */
    void giveBack(long tokens, Instant now) {
        share.ifPresent(some -> bucket = bucket.map(
                held -> TokenBucket.holding(some, held.at(now).tokens() + tokens, now)));
    }
}
