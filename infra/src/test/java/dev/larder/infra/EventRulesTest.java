package dev.larder.infra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.larder.infra.Template.Resource;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.event.ruler.JsonRuleCompiler;

class EventRulesTest {
    private final Template template = Synthesized.account();

    @Test
    void pullsAreFetchedManifestsOfCachedRepositories() {
        Resource rule = rule("PullRules");
        assertEquals("ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS", rule.text("State"));
        assertEquals("platform-cache-Pulls", queue(rule));
        assertEquals(
                "{\"source\":[\"aws.ecr\"],\"detail-type\":[\"AWS API Call via CloudTrail\"],\"detail\":{"
                        + "\"eventSource\":[\"ecr.amazonaws.com\"],\"eventName\":[\"BatchGetImage\"],"
                        + "\"requestParameters\":{\"repositoryName\":[{\"prefix\":\"docker-hub/\"},{\"prefix\":\"quay/\"}]},"
                        + "\"userIdentity\":{"
                        + "\"arn\":[{\"exists\":false},{\"anything-but\":[\"arn:aws:iam::111122223333:user/backup/mary\"]}],"
                        + "\"sessionContext\":{\"sessionIssuer\":{\"arn\":[{\"exists\":false},{\"anything-but\":["
                        + Stream.of(
                                        "platform-cache-eu-central-1-WarmWorker",
                                        "platform-cache-eu-central-1-LifecycleWorker",
                                        "aws-service-role/pullthroughcache.ecr.amazonaws.com/AWSServiceRoleForECRPullThroughCache",
                                        "scanner")
                                .map(role -> "\"arn:aws:iam::111122223333:role/" + role + "\"")
                                .collect(Collectors.joining(","))
                        + "]}]}}}}}",
                pattern(rule));
    }

    @Test
    void cacheEventsAreEcrsOwnOfCachedRepositories() {
        Resource rule = rule("CacheEventRules");
        assertEquals("ENABLED", rule.text("State"));
        assertEquals("platform-cache-CacheEvents", queue(rule));
        assertEquals(
                "{\"source\":[\"aws.ecr\"],\"detail-type\":[\"ECR Pull Through Cache Action\",\"ECR Image Action\","
                        + "\"ECR Image Scan\",\"ECR Replication Action\",\"ECR Referrer Action\","
                        + "\"ECR Scan Resource Change\"],\"detail\":{\"$or\":["
                        + "{\"repository-name\":[{\"prefix\":\"docker-hub/\"},{\"prefix\":\"quay/\"}]},"
                        + "{\"repositories\":{\"repository-name\":[{\"prefix\":\"docker-hub/\"},{\"prefix\":\"quay/\"}]}}]}}",
                pattern(rule));
    }

    @Test
    void newRepositoriesAreCreatedOnesUnderAPrefix() {
        Resource rule = rule("RepositoryCreationRules");
        assertEquals("ENABLED", rule.text("State"));
        assertEquals("platform-cache-CacheEvents", queue(rule));
        assertTrue(pattern(rule).contains("\"eventName\":[\"CreateRepository\"]"), pattern(rule));
    }

    @Test
    void anEventThatCannotBeQueuedGoesToTheDeadLettersOfItsQueue() {
        template.resources("AWS::Events::Rule")
                .forEach(rule -> assertEquals(
                        queue(rule) + "-DeadLetters",
                        template.target(target(rule).path("DeadLetterConfig").path("Arn"))
                                .text("QueueName")));
    }

    @Test
    void everyPatternIsOneThatEventBridgeTakes() {
        template.resources("AWS::Events::Rule").forEach(rule -> {
            assertNull(JsonRuleCompiler.check(pattern(rule)), rule.id());
            assertTrue(pattern(rule).length() <= RuleSize.PATTERN_CHARACTERS, rule.id());
        });
    }

    private Resource rule(String id) {
        return template.resources("AWS::Events::Rule")
                .filter(rule -> rule.id().startsWith(id))
                .findFirst()
                .orElseThrow();
    }

    private String queue(Resource rule) {
        return template.target(target(rule).path("Arn")).text("QueueName");
    }

    private static JsonNode target(Resource rule) {
        assertEquals(1, rule.properties().path("Targets").size());
        return rule.properties().path("Targets").path(0);
    }

    private static String pattern(Resource rule) {
        return rule.properties().path("EventPattern").toString();
    }
}
