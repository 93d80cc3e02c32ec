package dev.larder.functions.upstream;

import dev.larder.config.Upstream;
import dev.larder.domain.upstream.Allowance;
import dev.larder.domain.upstream.LimitReport;
import dev.larder.domain.upstream.Saving;
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
        Allowance allowance = allowance(upstream, state.report(), now);
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
                allowance(upstream, seen.report(), left.at()).reported(left));
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
     * Whether what was paid so long ago does not pay for a fetch now: part of it has come back since, and is spent.
     *
     * @param paidAt when it was paid
     */
    public boolean isStale(Upstream upstream, Instant paidAt, Instant now) {
        return of(upstream, now)
                .bucket()
                .filter(bucket -> isStale(bucket, paidAt, now))
                .isPresent();
    }

    /** The same, of a bucket that is at hand. */
    public static boolean isStale(TokenBucket bucket, Instant paidAt, Instant now) {
        return now.isAfter(paidAt.plus(bucket.grace()));
    }

    /**
     * Pays for something that can wait: as {@link #pay}, but not while the budget is saved for something dearer.
     *
     * @param cost by the upstream's tariff, 0 or more
     * @return false when the budget does not hold so much, or is saved; nothing is taken then
     * @throws IllegalStateException when others keep writing in between
     */
    public boolean payForWhatCanWait(Upstream upstream, int cost, Instant now) {
        return cost == 0 || (saving(upstream, now).isEmpty() && pay(upstream, cost, now));
    }

    /** Why something that can wait was not paid, in a word or two: how the budget is. */
    public String shortage(Upstream upstream, Instant now) {
        return saving(upstream, now)
                .map(saving -> "saved for " + saving.image())
                .orElse("spent");
    }

    private Optional<Saving> saving(Upstream upstream, Instant now) {
        return states.of(upstream.prefix()).saving().filter(saving -> saving.isOn(now));
    }

    /**
     * Settles what was paid with what it cost: gives back the difference, or owes it. Under contention it may be lost, as
     * when the function dies before: then Larder spends less than it might, or more by this difference.
     *
     * @param paid 0 or more
     * @param cost 0 or more
     */
    public void settle(Upstream upstream, int paid, int cost, Instant now) {
        for (int i = 0; i < TRIES; i++) {
            UpstreamState seen = states.of(upstream.prefix());
            Optional<TokenBucket> bucket = of(upstream, seen, now).bucket();
            if (paid == cost || bucket.isEmpty()) {
                return;
            }
            TokenBucket settled = paid > cost
                    ? bucket.get().returned(paid - cost, now)
                    : bucket.get().owing(cost - paid, now);
            if (spent(upstream, seen, settled)) {
                return;
            }
        }
    }

    private static Allowance allowance(Upstream upstream, Optional<LimitReport> report, Instant now) {
        Optional<StatedLimit> stated =
                upstream.budget().map(budget -> new StatedLimit(budget.pulls(), budget.per(), budget.reservePercent()));
        return new Allowance(
                report.filter(said -> Allowance.counts(said, now)).isEmpty()
                        ? stated.or(() -> Tariffs.published(upstream))
                        : stated,
                report);
    }
}
