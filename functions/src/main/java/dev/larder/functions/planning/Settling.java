package dev.larder.functions.planning;

import dev.larder.config.Upstream;
import dev.larder.domain.upstream.Failure;
import dev.larder.domain.upstream.FailureKind;
import dev.larder.domain.warming.Freshness;
import dev.larder.events.WarmOrder;
import dev.larder.events.WarmReason;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.functions.table.ImageRecords;
import dev.larder.functions.table.TaggedImage;
import dev.larder.functions.upstream.Tariffs;
import dev.larder.functions.upstream.UpstreamFunds;
import dev.larder.functions.warm.OrderAccount;
import dev.larder.functions.warm.Upstreams;
import dev.larder.functions.warm.WarmEnding;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Settles what a plan paid for an order with what the order took: a plan pays as if every tag had moved, and most have not.
 * What was more than it paid for is owed, and so is what people ordered by hand. An order that failed may have taken all
 * of it, and room to grow as well; one for what the upstream does not have took an answer. What a plan paid too long ago
 * pays for nothing: it is paid again before anything is imported.
 *
 * @param planned what was paid
 */
public record Settling(
        PlannedOrders planned,
        ImageRecords records,
        Upstreams upstreams,
        UpstreamFunds funds,
        DayBytes bytes,
        InstantSource clock) {
    /** Failures before the upstream was asked for anything; ECR asks nobody for what it does not take on. */
    private static final Set<FailureKind> UNASKED = EnumSet.of(
            FailureKind.CIRCUIT_OPEN,
            FailureKind.NOT_ALLOWED,
            FailureKind.ECR_QUOTA,
            FailureKind.ACCESS,
            FailureKind.ECR_THROTTLING,
            FailureKind.BUDGET_SPENT,
            FailureKind.TOO_DEAR,
            FailureKind.BUSY);

    /** The same of an image by digest, which one tag after the other may have been imported for before. */
    private static final Set<FailureKind> UNASKED_BY_DIGEST =
            EnumSet.of(FailureKind.CIRCUIT_OPEN, FailureKind.NOT_ALLOWED);

    private static final Set<FailureKind> TOO_DEAR = EnumSet.of(FailureKind.TOO_DEAR);

    /** The upstream said at once that there is nothing for us: nothing came. */
    private static final Set<FailureKind> IN_VAIN = EnumSet.of(FailureKind.NOT_FOUND, FailureKind.DENIED);

    /** Carries out an order, and settles it when it has come to an end. An order that is too early is only put off. */
    public WarmEnding around(WarmOrder order, Function<OrderAccount, WarmEnding> work) {
        if (order.notBefore().isAfter(clock.instant())) {
            return work.apply(OrderAccount.AFTERWARDS);
        }
        Optional<Upstream> upstream = upstreams.of(order.image().repository());
        // what a user's own pull brought is not Larder's to pay
        if (upstream.isEmpty() || order.reason() == WarmReason.MISSING_PLATFORM) {
            WarmEnding ending = work.apply(OrderAccount.AFTERWARDS);
            planned.end(order);
            return ending;
        }
        Optional<PlannedOrders.Paid> taken = planned.take(order);
        PlannedOrders.Paid paid = valid(taken, order, upstream.get());
        int tokens = paid.tokens();
        boolean served = isJustChecked(order);
        if (Tariffs.of(upstream.get()).blob() > 0 && tokens < paid.most() && !served) {
            // what is not paid before ECR asks has to be paid now
            if (!funds.pay(upstream.get(), paid.most() - tokens, clock.instant())) {
                giveBack(upstream.get(), tokens);
                end(order, -paid.bytes());
                return WarmEnding.of(
                        WarmEnding.Outcome.FAILED,
                        new Failure(
                                FailureKind.BUDGET_SPENT,
                                "BudgetSpent",
                                "what it costs was not paid when it was planned, or too long ago, and the budget of "
                                        + upstream.get().prefix()
                                        + " does not hold it now; the next plan orders it again"));
            }
            tokens = paid.most();
        }
        PaidOrder account = new PaidOrder(
                order,
                order.image() instanceof Tagged
                        && taken.filter(any -> any.most() == 0).isPresent(),
                served,
                paid.most(),
                tokens,
                funds,
                records);
        WarmEnding ending;
        try {
            ending = work.apply(account);
        } catch (RuntimeException e) {
            // the order comes again, and pays for room to grow once more
            pay(upstream.get(), account, account.took(upstream.get()));
            throw e;
        }
        settle(order, upstream.get(), paid, account, ending);
        return ending;
    }

    private void settle(
            WarmOrder order, Upstream upstream, PlannedOrders.Paid paid, PaidOrder account, WarmEnding ending) {
        boolean unasked = !account.hasImported() && isUnasked(order, ending);
        switch (ending.outcome()) {
            case WARMED -> {
                int check = account.hasImported() || account.isUnasked()
                        ? 0
                        : Tariffs.of(upstream).head();
                pay(upstream, account, check + account.cost(upstream));
                end(order, account.bytes() - paid.bytes());
            }
            case NOTHING_TO_DO -> {
                pay(upstream, account, 0);
                end(order, -paid.bytes());
            }
            case FAILED -> {
                boolean inVain = isOneOf(IN_VAIN, ending);
                pay(
                        upstream,
                        account,
                        unasked
                                ? account.cost(upstream)
                                : inVain ? account.tookInVain(upstream) : account.took(upstream));
                bytes.add(unasked || inVain ? account.bytes() - paid.bytes() : 0, order.requestedAt());
                if (isOneOf(TOO_DEAR, ending)) {
                    planned.tooDear(order, account.lacked(), clock.instant());
                } else {
                    planned.end(order);
                }
            }
            case LATER, AGAIN -> {
                pay(upstream, account, unasked ? paid.tokens() + account.cost(upstream) : account.took(upstream));
                if (unasked) {
                    planned.putBack(order, paid);
                }
            }
        }
    }

    /** What was paid, as far as it still pays for something. */
    private PlannedOrders.Paid valid(Optional<PlannedOrders.Paid> paid, WarmOrder order, Upstream upstream) {
        PlannedOrders.Paid taken = paid.orElse(new PlannedOrders.Paid(0, 0, 0));
        return funds.isStale(upstream, order.requestedAt(), clock.instant())
                ? new PlannedOrders.Paid(0, taken.most(), taken.bytes())
                : taken;
    }

    /**
     * Whether ECR serves the tag without asking: an earlier try of the order has imported it, and paid for that, and only its
     * layers are waited for. Should it be gone, its import is paid by who finds that out.
     */
    private boolean isJustChecked(WarmOrder order) {
        return !order.refresh()
                && order.image() instanceof Tagged tagged
                && records.tagged(tagged)
                        .filter(known -> known.digest().isPresent())
                        .flatMap(TaggedImage::checkedAt)
                        .filter(at -> clock.instant().isBefore(at.plus(Freshness.FRESH_FOR)))
                        .isPresent();
    }

    private static boolean isUnasked(WarmOrder order, WarmEnding ending) {
        return isOneOf(order.image() instanceof Digested ? UNASKED_BY_DIGEST : UNASKED, ending);
    }

    private static boolean isOneOf(Set<FailureKind> kinds, WarmEnding ending) {
        return ending.failure()
                .filter(failure -> kinds.contains(failure.kind()))
                .isPresent();
    }

    private void giveBack(Upstream upstream, int tokens) {
        funds.settle(upstream, tokens, 0, clock.instant());
    }

    private void pay(Upstream upstream, PaidOrder account, int cost) {
        funds.settle(upstream, account.tokens(), cost, clock.instant());
    }

    /** @param more bytes than were paid for, of the day on which they were: the next one could spend them as well */
    private void end(WarmOrder order, long more) {
        bytes.add(more, order.requestedAt());
        planned.end(order);
    }
}
