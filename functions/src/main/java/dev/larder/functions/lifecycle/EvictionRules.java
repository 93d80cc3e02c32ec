package dev.larder.functions.lifecycle;

import dev.larder.config.Lifecycle;
import dev.larder.config.Upstream;
import dev.larder.domain.image.Glob;
import dev.larder.domain.lifecycle.EvictionRule;
import dev.larder.domain.lifecycle.Limits;
import dev.larder.domain.lifecycle.Policy;
import dev.larder.domain.lifecycle.Quota;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the file says of evictions, as the decision takes it. */
final class EvictionRules {
    private EvictionRules() {}

    /**
     * The policy of a file.
     *
     * @param pins as the file has them
     */
    static Policy policy(Lifecycle lifecycle, List<Upstream> upstreams, List<String> pins) {
        Lifecycle.Evict evict = lifecycle.evict();
        List<EvictionRule> rules = new ArrayList<>();
        rules.add(new EvictionRule(
                EvictionRule.ALL,
                evict.notPulledFor(),
                evict.superseded(),
                evict.failedImports(),
                evict.keepNewest(),
                evict.evictGone(),
                globs(evict.protect())));
        lifecycle.rules().forEach(rule -> rules.add(rule(rule, evict)));
        KeptPins kept = KeptPins.of(pins);
        return new Policy(upstreams.stream().map(Upstream::prefix).toList(), kept.images(), kept.patterns(), rules);
    }

    private static EvictionRule rule(Lifecycle.Rule rule, Lifecycle.Evict evict) {
        Duration notPulledFor = rule.notPulledFor().orElse(evict.notPulledFor());
        return new EvictionRule(
                rule.match(),
                notPulledFor,
                time(rule.superseded(), evict.superseded(), evict, notPulledFor),
                time(rule.failedImports(), evict.failedImports(), evict, notPulledFor),
                rule.keepNewest().orElse(evict.keepNewest()),
                rule.evictGone().orElse(evict.evictGone()),
                globs(Stream.concat(evict.protect().stream(), rule.protect().stream())
                        .distinct()
                        .toList()));
    }

    /** A time that is no other than notPulledFor everywhere is no other than notPulledFor in a rule, too. */
    private static Duration time(
            Optional<Duration> own, Duration everywhere, Lifecycle.Evict evict, Duration notPulledFor) {
        return own.orElse(everywhere.equals(evict.notPulledFor()) ? notPulledFor : everywhere);
    }

    private static List<Glob> globs(List<String> patterns) {
        return patterns.stream().map(Glob::new).toList();
    }

    static List<Quota> quotas(Lifecycle lifecycle) {
        return lifecycle.quotas().stream()
                .map(quota -> new Quota(quota.match(), quota.bytes(), quota.notPulledFor()))
                .toList();
    }

    static Limits limits(Lifecycle.Limits limits) {
        return new Limits(limits.images(), limits.bytes(), limits.repositoryPercent(), limits.cellPercent());
    }
}
