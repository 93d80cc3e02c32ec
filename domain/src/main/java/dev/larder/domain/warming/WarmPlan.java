package dev.larder.domain.warming;

import dev.larder.domain.upstream.Circuit;
import dev.larder.domain.upstream.TokenBucket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is warmed now of one upstream.
 *
 * @param orders the best first
 * @param left what would be worth it and has to wait, and why
 * @param bucket what is left of the budget; absent when no limit is known
 */
public record WarmPlan(List<Candidate> orders, List<Left> left, Optional<TokenBucket> bucket) {
    /** A candidate that has to wait. */
    public record Left(Candidate candidate, String reason) {}

    /** Copies the lists. */
    public WarmPlan {
        orders = List.copyOf(orders);
        left = List.copyOf(left);
    }

    /**
     * Spends the upstream's funds on the candidates in their order. The first that cannot be paid keeps the rest
     * waiting, so that cheap images do not starve dear ones; one that costs more than the bucket ever holds is passed
     * over. A half-open circuit gets one order, the probe.
     *
     * @param ranked the candidates of this upstream, the best first
     */
    public static WarmPlan of(List<Candidate> ranked, Funds funds, Instant now) {
        Circuit.Phase phase = funds.circuit().phase(now);
        List<Candidate> orders = new ArrayList<>();
        List<Left> left = new ArrayList<>();
        Optional<TokenBucket> bucket = funds.bucket().map(full -> full.at(now));
        Optional<String> waiting = phase == Circuit.Phase.OPEN
                ? Optional.of("the upstream failed; it is not asked before "
                        + funds.circuit().openUntil().map(Instant::toString).orElse("later"))
                : Optional.empty();
        for (Candidate candidate : ranked) {
            if (waiting.isPresent()) {
                left.add(new Left(candidate, waiting.get()));
                continue;
            }
            if (phase == Circuit.Phase.HALF_OPEN && !orders.isEmpty()) {
                waiting = Optional.of("the upstream failed lately; one image is tried first");
                left.add(new Left(candidate, waiting.get()));
                continue;
            }
            if (bucket.isEmpty()) {
                orders.add(candidate);
                continue;
            }
            Optional<TokenBucket> after = bucket.get().spend(candidate.cost(), now);
            if (after.isPresent()) {
                orders.add(candidate);
                bucket = after;
            } else if (candidate.cost() > bucket.get().capacity()) {
                left.add(new Left(
                        candidate,
                        "costs " + candidate.cost() + " pulls; the budget never holds more than "
                                + bucket.get().capacity()));
            } else {
                waiting = Optional.of(
                        "the budget is spent: " + Math.floor(bucket.get().tokens()) + " pulls are left");
                left.add(new Left(candidate, waiting.get()));
            }
        }
        return new WarmPlan(orders, left, bucket);
    }
}
