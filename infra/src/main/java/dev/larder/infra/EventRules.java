package dev.larder.infra;

import dev.larder.config.Cell;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.events.CfnRule;
import software.amazon.awscdk.services.events.CfnRuleProps;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.PolicyStatementProps;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.sqs.Queue;
import software.constructs.Construct;

/**
 * Rules that put events into a queue; one, or more where the prefixes or cells do not fit into one pattern. An event that
 * cannot be put there goes to the queue's dead letters.
 */
final class EventRules extends Construct {
    private static final String ENABLED = "ENABLED";

    /** A read-only management event of CloudTrail reaches only rules in this state, which CDK's Rule cannot have. */
    private static final String WITH_READ_ONLY_CALLS = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";

    /**
     * Declares them.
     *
     * @param over what the pattern lists: prefixes, or cells
     */
    private EventRules(
            Construct scope,
            String id,
            String state,
            RuleSize.Pattern pattern,
            List<String> over,
            DeadLetteredQueue queue) {
        super(scope, id);
        List<List<String>> groups = RuleSize.split(over, pattern);
        for (int i = 0; i < groups.size(); i++) {
            CfnRule rule = rule(i == 0 ? "Rule" : "Rule" + (i + 1), state, pattern.over(groups.get(i)), queue);
            admit(rule, queue.queue());
            admit(rule, queue.deadLetters());
        }
    }

    /** Pulls of callers that count: needs a CloudTrail trail in the account that logs read events. */
    static EventRules pulls(Construct scope, Deployment deployment, DeadLetteredQueue queue) {
        UncountedCallers callers = UncountedCallers.of(deployment);
        return new EventRules(
                scope,
                "PullRules",
                WITH_READ_ONLY_CALLS,
                prefixes -> EventPatterns.pulls(prefixes, callers),
                deployment.prefixes(),
                queue);
    }

    /** ECR's own events. */
    static EventRules cacheEvents(Construct scope, Deployment deployment, DeadLetteredQueue queue) {
        return new EventRules(
                scope, "CacheEventRules", ENABLED, EventPatterns::cacheEvents, deployment.prefixes(), queue);
    }

    /** New repositories: needs a CloudTrail trail in the account. */
    static EventRules repositoryCreations(Construct scope, Deployment deployment, DeadLetteredQueue queue) {
        return new EventRules(
                scope,
                "RepositoryCreationRules",
                ENABLED,
                EventPatterns::repositoryCreations,
                deployment.prefixes(),
                queue);
    }

    /** What other cells say is popular there. */
    static EventRules popularElsewhere(Construct scope, Deployment deployment, DeadLetteredQueue queue) {
        return new EventRules(
                scope,
                "PopularElsewhereRules",
                ENABLED,
                EventPatterns::popularElsewhere,
                deployment.others().stream().map(Cell::toString).toList(),
                queue);
    }

    private CfnRule rule(String id, String state, Map<String, Object> pattern, DeadLetteredQueue queue) {
        return new CfnRule(
                this,
                id,
                CfnRuleProps.builder()
                        .eventPattern(pattern)
                        .state(state)
                        .targets(List.of(CfnRule.TargetProperty.builder()
                                .id("Queue")
                                .arn(queue.queue().getQueueArn())
                                .deadLetterConfig(CfnRule.DeadLetterConfigProperty.builder()
                                        .arn(queue.deadLetters().getQueueArn())
                                        .build())
                                .build()))
                        .build());
    }

    private static void admit(CfnRule rule, Queue queue) {
        queue.addToResourcePolicy(new PolicyStatement(PolicyStatementProps.builder()
                .principals(List.of(new ServicePrincipal("events.amazonaws.com")))
                .actions(List.of("sqs:SendMessage"))
                .resources(List.of(queue.getQueueArn()))
                .conditions(Map.of("ArnEquals", Map.of("aws:SourceArn", rule.getAttrArn())))
                .build()));
    }
}
