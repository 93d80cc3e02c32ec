package dev.larder.cli;

import dev.larder.config.Upstream;
import dev.larder.domain.upstream.Allowance;
import dev.larder.domain.upstream.LimitReport;
import dev.larder.domain.upstream.StatedLimit;
import dev.larder.domain.upstream.TokenBucket;
import dev.larder.domain.warming.Funds;
import dev.larder.functions.upstream.Tariffs;
import dev.larder.functions.upstream.UpstreamFunds;
import dev.larder.functions.upstream.UpstreamState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What Larder may spend of an upstream now, and who says so.
 *
 * @param bucket refilled until now; absent when no limit is known
 * @param report what the upstream said of its limit; absent when it never did, or so long ago that it does not count
 * @param published what the upstream is known to allow, where nobody has said anything else
 */
record FundsView(
        Upstream upstream,
        Funds funds,
        Optional<TokenBucket> bucket,
        Optional<LimitReport> report,
        Optional<StatedLimit> published,
        Instant now) {
    static FundsView of(Upstream upstream, UpstreamState state, Instant now) {
        Funds funds = UpstreamFunds.of(upstream, state, now);
        return new FundsView(
                upstream,
                funds,
                funds.bucket().map(bucket -> bucket.at(now)),
                state.report().filter(report -> Allowance.counts(report, now)),
                upstream.budget().isEmpty()
                                && state.report()
                                        .filter(report -> Allowance.counts(report, now))
                                        .isEmpty()
                        ? Tariffs.published(upstream)
                        : Optional.empty(),
                now);
    }

    /** {@code closed}, {@code half open}. */
    String circuit() {
        return funds.circuit().phase(now).name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** {@code 25 of 50}, of what can be spent at once. */
    String left() {
        return bucket.map(held -> whole(held.tokens()) + " of " + whole(held.capacity()))
                .orElse("no limit");
    }

    /** The limits that count, each with who says so. */
    String limits() {
        List<String> limits = new ArrayList<>();
        upstream.budget()
                .ifPresent(budget -> limits.add("the file: " + budget.pulls() + " per " + Ages.rough(budget.per())
                        + ", " + budget.reservePercent() + "% kept for users"));
        report.ifPresent(said -> limits.add("the upstream, " + Ages.of(Optional.of(said.at()), now) + ": "
                + (said.isCurrent(now) ? said.limit().remaining() + " left of " : "")
                + said.limit().limit() + " per " + Ages.rough(said.limit().window())));
        published.ifPresent(known -> limits.add("assumed until the upstream reports its own: " + known.pulls() + " per "
                + Ages.rough(known.per()) + ", " + known.reservePercent() + "% kept for users"));
        return limits.isEmpty() ? "none known" : String.join("; ", limits);
    }

    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("upstream", upstream.prefix());
        fields.put("host", upstream.url());
        fields.put("circuit", circuit());
        funds.circuit().openUntil().ifPresent(until -> fields.put("openUntil", until.toString()));
        bucket.ifPresent(held -> {
            fields.put("tokens", whole(held.tokens()));
            fields.put("capacity", whole(held.capacity()));
        });
        upstream.budget()
                .ifPresent(budget -> fields.put(
                        "file",
                        ordered(
                                "pulls",
                                budget.pulls(),
                                "perSeconds",
                                budget.per().toSeconds(),
                                "reservePercent",
                                budget.reservePercent())));
        report.ifPresent(said -> fields.put(
                "reported",
                ordered(
                        "pulls",
                        said.limit().limit(),
                        "perSeconds",
                        said.limit().window().toSeconds(),
                        "remaining",
                        said.limit().remaining(),
                        "at",
                        said.at().toString(),
                        "current",
                        said.isCurrent(now))));
        published.ifPresent(known -> fields.put(
                "assumed",
                ordered(
                        "pulls",
                        known.pulls(),
                        "perSeconds",
                        known.per().toSeconds(),
                        "reservePercent",
                        known.reservePercent())));
        return fields;
    }

    private static Map<String, Object> ordered(Object... namesAndValues) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return fields;
    }

    private static long whole(double tokens) {
        return (long) Math.floor(tokens);
    }
}
