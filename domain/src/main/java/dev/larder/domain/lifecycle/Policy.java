package dev.larder.domain.lifecycle;

import dev.larder.domain.image.Glob;
import dev.larder.events.image.RepositoryName;
import java.util.List;
import java.util.Set;

/**
 * What may go, and what never does.
 *
 * @param prefixes of the upstreams; only repositories under one of them are touched
 * @param pins {@code repository:tag} or {@code repository@sha256:...}
 * @param pinned pins that are patterns, over {@code repository:tag}
 * @param rules at least one that matches every repository; kept with the most specific first
 */
public record Policy(List<String> prefixes, Set<String> pins, List<Glob> pinned, List<EvictionRule> rules) {
    /**
     * Copies the collections.
     *
     * @throws IllegalArgumentException when no rule is for every repository, or two are for the same
     */
    public Policy {
        if (rules.stream().noneMatch(rule -> rule.match().equals(EvictionRule.ALL))) {
            throw new IllegalArgumentException(
                    "no rule for every repository; expected one that matches " + EvictionRule.ALL);
        }
        if (rules.stream().map(EvictionRule::match).distinct().count() < rules.size()) {
            throw new IllegalArgumentException("two rules match the same; expected each match once");
        }
        prefixes = List.copyOf(prefixes);
        pins = Set.copyOf(pins);
        pinned = List.copyOf(pinned);
        rules = rules.stream().sorted(EvictionRule.MOST_SPECIFIC_FIRST).toList();
    }

    /** Whether the repository is a cached one. */
    public boolean covers(RepositoryName repository) {
        return prefixes.stream().anyMatch(prefix -> repository.value().startsWith(prefix + "/"));
    }

    /** The most specific rule that matches the repository. */
    public EvictionRule ruleOf(RepositoryName repository) {
        return rules.stream()
                .filter(rule -> rule.matches(repository))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no rule matches " + repository));
    }
}
