package dev.larder.functions.upstream;

import java.util.Optional;

/** Holds the last check of each upstream's rule. */
public interface RuleChecks {
    /**
     * The last check.
     *
     * @param prefix the rule's
     * @return empty before the first
     */
    Optional<RuleCheck> of(String prefix);

    /** Keeps a check in place of the one before. */
    void keep(String prefix, RuleCheck check);
}
