package dev.larder.functions.lifecycle;

import dev.larder.config.Lifecycle;
import dev.larder.config.Upstream;
import dev.larder.domain.image.Glob;
import dev.larder.domain.lifecycle.EvictionRule;
import dev.larder.domain.lifecycle.Limits;
import dev.larder.domain.lifecycle.Policy;
import dev.larder.domain.lifecycle.Quota;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the file says of evictions, as the decision takes it.
 *
 * @param quotas in the file's order
 * @param limits of a whole run
 */
public record Eviction(Policy policy, List<Quota> quotas, Limits limits) {
    /** Copies the list. */
    public Eviction {
        quotas = List.copyOf(quotas);
    }

    /**
     * Reads the file's settings.
     *
     * @param pins as the file has them, those of substitutes among them
     */
    public static Eviction of(Lifecycle lifecycle, List<Upstream> upstreams, List<String> pins) {
        Lifecycle.Evict evict = lifecycle.evict();
        KeptPins kept = KeptPins.of(pins);
        List<EvictionRule> rules = new ArrayList<>();
        rules.add(new EvictionRule(
                EvictionRule.ALL,
                evict.notPulledFor(),
                evict.superseded(),
                evict.failedImports(),
                evict.keepNewest(),
                evict.evictGone(),
                globs(evict.protect().stream())));
        lifecycle.rules().forEach(rule -> rules.add(rule(rule, evict)));
        return new Eviction(
                new Policy(
                        upstreams.stream().map(Upstream::prefix).toList(),
                        kept.images(),
                        kept.patterns(),
                        rules),
                lifecycle.quotas().stream()
                        .map(quota -> new Quota(quota.match(), quota.bytes(), quota.notPulledFor()))
                        .toList(),
                new Limits(
                        evict.limits().images(),
                        evict.limits().bytes(),
                        evict.limits().repositoryPercent(),
                        evict.limits().cellPercent()));
    }

    private static EvictionRule rule(Lifecycle.Rule rule, Lifecycle.Evict evict) {
        return new EvictionRule(
                rule.match(),
                rule.notPulledFor().orElse(evict.notPulledFor()),
                rule.superseded().orElse(evict.superseded()),
                rule.failedImports().orElse(evict.failedImports()),
                rule.keepNewest().orElse(evict.keepNewest()),
                rule.evictGone().orElse(evict.evictGone()),
                globs(Stream.concat(evict.protect().stream(), rule.protect().stream())));
    }

    private static List<Glob> globs(Stream<String> patterns) {
        return patterns.map(Glob::new).toList();
    }
}
