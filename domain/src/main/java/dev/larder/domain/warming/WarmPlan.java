package dev.larder.domain.warming;

import dev.larder.domain.upstream.Circuit;
import dev.larder.domain.upstream.TokenBucket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is warmed now.
 *
 * @param orders the best first
 * @param left what would be worth it and has to wait, and why
 * @param dear of each upstream whose budget is all that is missing, what waits for a window in which nothing is spent
 * @param buckets what is left of the budgets, by upstream; those without a known limit are not among them
 * @param bytes that the orders bring at most
 */
public record WarmPlan(
        List<Candidate> orders,
        List<Left> left,
        Map<String, Candidate> dear,
        Map<String, TokenBucket> buckets,
        long bytes) {
    /** A candidate that has to wait. */
    public record Left(Candidate candidate, String reason) {}

    /** Copies the lists. */
    public WarmPlan {
        orders = List.copyOf(orders);
        left = List.copyOf(left);
        dear = Map.copyOf(dear);
        buckets = Map.copyOf(buckets);
    }

    /**
     * Spends the upstreams' funds on the candidates in their order. The first of an upstream that cannot be paid keeps
     * the rest of that upstream waiting, so that cheap images do not starve dear ones; one that costs more than the bucket
     * ever holds is passed over. A half-open circuit gets one order, the probe: of what did not fail with it and is due now,
     * if there is any. What an upstream lacks is no matter to the others.
     *
     * @param ranked the best first
     * @param upstream of a candidate, by prefix
     * @param funds by prefix; an upstream without any has no limit and is well
     */
    public static WarmPlan of(
            List<Candidate> ranked,
            Function<Candidate, String> upstream,
            Map<String, Funds> funds,
            WarmLimits limits,
            Instant now) {
        Spending spending = new Spending(funds, limits, now);
        ranked.stream()
                .sorted(Comparator.comparingInt(candidate -> spending.place(candidate, upstream.apply(candidate))))
                .forEach(candidate -> spending.consider(candidate, upstream.apply(candidate)));
        return new WarmPlan(spending.orders, spending.left, spending.dear, spending.buckets, spending.bytes);
    }

    /** Whether it could not be ordered even by a plan that had nothing else to do: it keeps nobody waiting. */
    public static boolean isPassedOver(
            Candidate candidate, String upstream, Map<String, Funds> funds, WarmLimits limits) {
        Funds own = funds.get(upstream);
        int cost = candidate.price().tokens();
        boolean dearer = !candidate.price().guessed()
                && own != null
                && own.bucket()
                        .filter(bucket -> cost > bucket.dearest()
                                || (bucket.needsAnIdleWindow(cost) && bucket.isReportedLess(cost)))
                        .isPresent();
        return dearer || candidate.price().mostBytes() > limits.bytes();
    }

    private static final class Spending {
        private final Map<String, Funds> funds;
        private final WarmLimits limits;
        private final Instant now;
        private final List<Candidate> orders = new ArrayList<>();
        private final List<Left> left = new ArrayList<>();
        private final Map<String, Candidate> dear = new HashMap<>();
        private final Map<String, TokenBucket> buckets = new HashMap<>();
        private final Map<String, String> waiting = new HashMap<>();
        private long bytes;

        Spending(Map<String, Funds> funds, WarmLimits limits, Instant now) {
            this.funds = funds;
            this.limits = limits;
            this.now = now;
            funds.forEach((prefix, fund) -> {
                fund.bucket().ifPresent(bucket -> buckets.put(prefix, bucket));
                if (fund.circuit().phase(now) == Circuit.Phase.OPEN) {
                    waiting.put(
                            prefix,
                            "the upstream failed; it is not asked before "
                                    + fund.circuit()
                                            .openUntil()
                                            .map(Instant::toString)
                                            .orElse("later"));
                }
            });
        }

        /**
         * Where one image is to tell whether the upstream works again: one that would only be tried in a while comes later,
         * and one that failed with the upstream comes last.
         */
        int place(Candidate candidate, String prefix) {
            Funds fund = funds.get(prefix);
            if (fund == null || fund.circuit().phase(now) != Circuit.Phase.HALF_OPEN) {
                return 0;
            }
            if (fund.circuit().isSuspect(candidate.image().toString())) {
                return 2;
            }
            return candidate.notBefore().isAfter(now) ? 1 : 0;
        }

        void consider(Candidate candidate, String prefix) {
            TokenBucket bucket = buckets.get(prefix);
            Candidate priced = bucket == null ? candidate : candidate.paying(cost(candidate, bucket));
            Optional<String> obstacle = obstacle(priced, prefix);
            if (obstacle.isPresent()) {
                left.add(new Left(priced, obstacle.get()));
                return;
            }
            orders.add(priced);
            bytes += candidate.price().mostBytes();
            if (phase(prefix) == Circuit.Phase.HALF_OPEN) {
                waiting.put(prefix, "the upstream failed lately; one image is tried first");
            }
        }

        /** For what nobody knows the size of, no more is paid than half of what the bucket holds; the rest is owed. */
        private static int cost(Candidate candidate, TokenBucket bucket) {
            int tokens = candidate.price().tokens();
            int most = (int) Math.ceil(bucket.capacity() / 2);
            return candidate.price().guessed() && most > 0 ? Math.min(tokens, most) : tokens;
        }

        private Optional<Instant> shutUntil(Candidate candidate, String prefix) {
            return Optional.ofNullable(funds.get(prefix))
                    .flatMap(fund -> fund.circuit().shutUntil(candidate.image().toString(), now));
        }

        private Circuit.Phase phase(String prefix) {
            Funds fund = funds.get(prefix);
            return fund == null ? Circuit.Phase.CLOSED : fund.circuit().phase(now);
        }

        /** Why it has to wait; when nothing is in the way, it is paid. */
        private Optional<String> obstacle(Candidate candidate, String prefix) {
            if (waiting.containsKey(prefix) && !(candidate.price().isFree() && phase(prefix) == Circuit.Phase.CLOSED)) {
                return Optional.ofNullable(waiting.get(prefix));
            }
            Optional<Instant> shut = shutUntil(candidate, prefix);
            if (shut.isPresent()) {
                return Optional.of("it failed when the upstream did; others are tried before it until " + shut.get());
            }
            if (orders.size() >= limits.images()) {
                return Optional.of("warm.limits.images: this plan has its " + limits.images());
            }
            if (candidate.price().mostBytes() > limits.bytes() - bytes) {
                return Optional.of(
                        "warm.limits.bytes: it may bring " + candidate.price().mostBytes() + " bytes, and "
                                + (limits.bytes() - bytes) + " are left of the day's");
            }
            TokenBucket bucket = buckets.get(prefix);
            if (bucket == null) {
                return Optional.empty();
            }
            int cost = candidate.price().tokens();
            Optional<TokenBucket> after = bucket.spend(cost, now);
            if (after.isPresent()) {
                buckets.put(prefix, after.get());
                return Optional.empty();
            }
            if (bucket.needsAnIdleWindow(cost) && bucket.isReportedLess(cost)) {
                // it keeps nobody waiting: others use the upstream, and it may take long
                return Optional.of(
                        "it costs " + cost + " pulls, more than half of Larder's share, and by what the upstream"
                                + " reports others have left Larder " + (long) Math.floor(bucket.ceiling())
                                + " of it: it waits until they leave more");
            }
            if (cost > bucket.dearest()) {
                return Optional.of("costs " + cost + " pulls; Larder's share of the limit is "
                        + (long) Math.floor(bucket.dearest()) + " in a window: raise the budget or lower its reserve");
            }
            String spent = "the budget is spent: "
                    + (long) Math.floor(bucket.at(now).tokens()) + " pulls are left, and it costs " + cost;
            if (bucket.needsAnIdleWindow(cost)) {
                dear.put(prefix, candidate);
                spent = "it costs " + cost
                        + " pulls, more than half of Larder's share: it waits until nothing was spent for "
                        + bucket.window();
            }
            waiting.put(prefix, spent);
            return Optional.of(spent);
        }
    }
}
