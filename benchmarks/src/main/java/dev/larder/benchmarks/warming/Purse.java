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
    private Optional<TokenBucket> bucket;

    Purse(Optional<Share> share, Instant now) {
        bucket = share.map(some -> TokenBucket.full(some, now));
    }

    Map<String, Funds> funds() {
        return bucket.map(some -> Map.of(World.PREFIX, new Funds(Circuit.CLOSED, Optional.of(some))))
                .orElse(Map.of());
    }

    /** Whether so much could be spent now. */
    boolean holds(int tokens, Instant now) {
        return bucket.map(held -> held.spend(tokens, now).isPresent()).orElse(true);
    }

    /** A plan was made, and is paid. */
    void paid(WarmPlan plan) {
        bucket = Optional.ofNullable(plan.buckets().get(World.PREFIX));
    }

    /** An order was carried out, for which so much was paid, and so much was needed. */
    void settle(int paid, int needed, Instant now) {
        bucket = bucket.map(held -> needed > paid ? held.owing(needed - paid, now) : held.returned(paid - needed, now));
    }
}
