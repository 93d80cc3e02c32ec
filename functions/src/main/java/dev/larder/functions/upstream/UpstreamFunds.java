package dev.larder.functions.upstream;

import dev.larder.config.Upstream;
import dev.larder.domain.upstream.Allowance;
import dev.larder.domain.upstream.LimitReport;
import dev.larder.domain.upstream.StatedLimit;
import dev.larder.domain.upstream.TokenBucket;
import dev.larder.domain.warming.Funds;
import java.time.Instant;
import java.util.Optional;

/** What may be spent of each upstream: the file's budget and the upstream's reports, less what was spent. */
public final class UpstreamFunds {
    private static final int TRIES = 5;

    private final UpstreamStates states;

    /** @param states where it is kept */
    public UpstreamFunds(UpstreamStates states) {
        this.states = states;
    }

    /** What may be spent now, as the table has it. */
    public Funds of(Upstream upstream, Instant now) {
        return of(upstream, states.of(upstream.prefix()), now);
    }

    /** What may be spent now when the upstream's state is this. */
    public static Funds of(Upstream upstream, UpstreamState state, Instant now) {
        Allowance allowance = allowance(upstream, state.report());
        return new Funds(
                state.circuit(),
                state.tokens().isPresent()
                        ? allowance.bucket(
                                state.tokens().get().left(),
                                state.tokens().get().at(),
                                now)
                        : allowance.bucket(now));
    }

    /**
     * Writes what is left after spending.
     *
     * @param seen the state that the funds were made of
     * @param left their bucket after it
     * @return false when the budget is no longer as it was seen; nothing was written then
     */
    public boolean spent(Upstream upstream, UpstreamState seen, TokenBucket left) {
        return states.spent(
                upstream.prefix(),
                seen,
                new UpstreamState.Tokens(left.level(), left.at()),
                allowance(upstream, seen.report()).reported(left));
    }

    /**
     * Pays for something at once.
     *
     * @param cost by the upstream's tariff, 0 or more
     * @return false when the budget does not hold so much; nothing is taken then
     * @throws IllegalStateException when others keep writing in between
     */
    public boolean pay(Upstream upstream, int cost, Instant now) {
        for (int i = 0; i < TRIES; i++) {
            UpstreamState seen = states.of(upstream.prefix());
            Optional<TokenBucket> bucket = of(upstream, seen, now).bucket();
            if (cost == 0 || bucket.isEmpty()) {
                return true;
            }
            Optional<TokenBucket> left = bucket.get().spend(cost, now);
            if (left.isEmpty()) {
                return false;
            }
            if (spent(upstream, seen, left.get())) {
                return true;
            }
        }
        throw new IllegalStateException("could not take " + cost + " off the budget of " + upstream.prefix()
                + ": it changed " + TRIES + " times while it was being written");
    }

    /**
     * Gives back what was paid and not needed. Under contention it may be lost, which only makes Larder slower.
     *
     * @param cost 0 or more
     */
    public void giveBack(Upstream upstream, int cost, Instant now) {
        for (int i = 0; i < TRIES; i++) {
            UpstreamState seen = states.of(upstream.prefix());
            Optional<TokenBucket> bucket = of(upstream, seen, now).bucket();
            if (cost == 0
                    || bucket.isEmpty()
                    || spent(upstream, seen, bucket.get().returned(cost, now))) {
                return;
            }
        }
    }

    private static Allowance allowance(Upstream upstream, Optional<LimitReport> report) {
        return new Allowance(
                upstream.budget().map(budget -> new StatedLimit(budget.pulls(), budget.per(), budget.reservePercent())),
                report);
    }
}
