package dev.larder.functions.upstream;

import dev.larder.config.Budget;
import dev.larder.config.Registry;
import dev.larder.config.Upstream;
import dev.larder.domain.upstream.Share;
import dev.larder.domain.upstream.Tariff;
import dev.larder.domain.upstream.TokenBucket;
import dev.larder.functions.ecr.CachedManifest;
import java.time.Instant;
import java.util.Optional;

/** {@link UpstreamPurse} out of the token buckets in the table. An upstream without a budget costs nothing. */
public final class BudgetPurse implements UpstreamPurse {
    private static final int TRIES = 5;

    /** Configuration and layers of an image of which the index is known, and the image not: a guess. */
    private static final int BLOBS = 10;

    private final UpstreamStates states;

    /** @param states where the buckets are */
    public BudgetPurse(UpstreamStates states) {
        this.states = states;
    }

    @Override
    public boolean payHead(Upstream upstream, Instant now) {
        return pay(upstream, tariff(upstream).head(), now);
    }

    @Override
    public boolean payImport(Upstream upstream, CachedManifest like, Instant now) {
        int images = like.children().size();
        int blobs = images == 0 ? like.blobs().size() : images * BLOBS;
        return pay(upstream, tariff(upstream).importing(1 + images, blobs), now);
    }

    private static Tariff tariff(Upstream upstream) {
        return upstream.registry() == Registry.DOCKER_HUB ? Tariff.MANIFESTS : Tariff.REQUESTS;
    }

    private boolean pay(Upstream upstream, int cost, Instant now) {
        if (cost == 0 || upstream.budget().isEmpty()) {
            return true;
        }
        for (int i = 0; i < TRIES; i++) {
            Optional<UpstreamState.Tokens> seen = states.of(upstream.prefix()).tokens();
            Optional<TokenBucket> left =
                    bucket(upstream.budget().get(), seen, now).spend(cost, now);
            if (left.isEmpty()) {
                return false;
            }
            UpstreamState.Tokens after =
                    new UpstreamState.Tokens(left.get().tokens(), left.get().at());
            if (states.spent(upstream.prefix(), seen, after)) {
                return true;
            }
        }
        return false;
    }

    private static TokenBucket bucket(Budget budget, Optional<UpstreamState.Tokens> seen, Instant now) {
        Share share = Share.of(budget.pulls(), budget.per(), budget.reservePercent());
        return seen.map(tokens -> TokenBucket.holding(share, tokens.left(), tokens.at()))
                .orElseGet(() -> TokenBucket.full(share, now));
    }
}
