package dev.larder.functions.ecr;

import java.util.Optional;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.PullThroughCacheRuleNotFoundException;
import software.amazon.awssdk.services.ecr.model.ValidatePullThroughCacheRuleResponse;

/**
 * {@link RuleValidator} of ECR: {@code ValidatePullThroughCacheRule} reads the rule's secret and logs in at the upstream
 * (ECR user guide, pull-through-cache-working-validating).
 */
public final class EcrRuleValidator implements RuleValidator {
    private final EcrClient client;

    /** @param client of ECR's API */
    public EcrRuleValidator(EcrClient client) {
        this.client = client;
    }

    @Override
    public Optional<String> failure(String prefix) {
        return EcrCalls.call("validate the rule " + prefix, () -> {
            try {
                ValidatePullThroughCacheRuleResponse answer =
                        client.validatePullThroughCacheRule(validate -> validate.ecrRepositoryPrefix(prefix));
                return Boolean.TRUE.equals(answer.isValid())
                        ? Optional.empty()
                        : Optional.of(Optional.ofNullable(answer.failure()).orElse("ECR gives no reason"));
            } catch (PullThroughCacheRuleNotFoundException gone) {
                return Optional.of("ECR has no rule for the prefix; deploy the stack again");
            }
        });
    }
}
