package dev.larder.functions.upstream;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** {@link RuleChecks} in a map, held to the same contract test as the table's. */
public final class InMemoryRuleChecks implements RuleChecks {
    private final Map<String, RuleCheck> checks = new HashMap<>();

    @Override
    public Optional<RuleCheck> of(String prefix) {
        return Optional.ofNullable(checks.get(prefix));
    }

    @Override
    public void keep(String prefix, RuleCheck check) {
        checks.put(prefix, check);
    }
}
