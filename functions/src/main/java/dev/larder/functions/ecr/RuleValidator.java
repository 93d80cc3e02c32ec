package dev.larder.functions.ecr;

import java.util.Optional;

/** Has ECR try the credentials of pull-through cache rules. */
@FunctionalInterface
public interface RuleValidator {
    /**
     * Tries those of one rule.
     *
     * @param prefix the rule's
     * @return why they do not work, for people; empty when they do
     * @throws CacheException when ECR does not say
     */
    Optional<String> failure(String prefix);
}
