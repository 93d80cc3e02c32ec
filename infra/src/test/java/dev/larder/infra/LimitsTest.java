package dev.larder.infra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.larder.config.AwsLimits;
import dev.larder.config.ConfigFile;
import dev.larder.config.LarderConfig;
import dev.larder.config.Target;
import dev.larder.config.Usage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A file that asks for as much as it may. */
class LimitsTest {
    /** Resources in a stack: CloudFormation's quota. */
    private static final int RESOURCES = 500;

    /** Bytes that a queue's URL takes at most: the host, 12 digits, 80 characters of a name. */
    private static final int QUEUE_URL = 140;

    private static Template template;

    @BeforeAll
    static void synthesize() {
        LarderConfig config = ConfigFile.parse(fullest(), "fullest.yaml", Target.ACCOUNT);
        template = Synthesized.template(
                Synthesized.synth(config, Synthesized.zip("functions")),
                config.name() + "-111122223333-ap-southeast-2");
    }

    @Test
    void fiftyRulesAreFiftyRules() {
        assertEquals(AwsLimits.RULES_PER_REGISTRY, template.counts().get("AWS::ECR::PullThroughCacheRule"));
        assertTrue(template.resources().count() <= RESOURCES);
    }

    @Test
    void prefixesThatDoNotFitIntoOnePatternAreSplitOverSeveralRules() {
        assertTrue(template.counts().get("AWS::Events::Rule") > 3);
        template.resources("AWS::Events::Rule")
                .forEach(rule -> assertTrue(
                        rule.properties().path("EventPattern").toString().length() <= 2048));
    }

    @Test
    void theFilesPrincipalsAndLardersOwnRolesAreExcludedFromPullTimesOnce() {
        LarderConfig file = ConfigFile.parse("""
                name: c
                cells: [{ account: "111122223333", region: us-east-1 }]
                upstreams: { quay: { registry: quay } }
                """, "larder.yaml", Target.ACCOUNT);
        // as many as a file may have; the first one is Larder's own, which its function excludes anyway
        String own = "arn:aws:iam::111122223333:role/c-us-east-1-WarmWorker";
        List<String> exclude = Stream.concat(
                        Stream.of(own),
                        IntStream.range(0, 97).mapToObj("arn:aws:iam::111122223333:role/%02d"::formatted))
                .toList();
        Usage usage = new Usage(file.usage().halfLife(), exclude);
        LarderConfig config = new LarderConfig(
                file.name(), file.cells(), file.upstreams(), usage, file.warm(), file.lifecycle(), file.repositories());
        Template full = Synthesized.template(
                Synthesized.synth(config, Synthesized.zip("functions")), "c-111122223333-us-east-1");

        List<String> excluded = full.resources("AWS::ECR::PullTimeUpdateExclusion")
                .map(exclusion -> exclusion.text("PrincipalArn"))
                .toList();
        assertEquals(AwsLimits.PULL_TIME_EXCLUSIONS - 1, excluded.size());
        assertFalse(excluded.contains(own));
    }

    @Test
    void everyEnvironmentFitsIntoLambdas() {
        template.resources("AWS::Lambda::Function").forEach(function -> {
            int bytes = function.properties()
                    .path("Environment")
                    .path("Variables")
                    .propertyStream()
                    .mapToInt(variable -> variable.getKey().length() + bytes(variable.getValue()))
                    .sum();
            assertTrue(bytes <= AwsLimits.LAMBDA_ENVIRONMENT_BYTES, function.id() + ": " + bytes);
        });
    }

    @Test
    void everyNameFits() {
        template.resources("AWS::IAM::Role")
                .forEach(role -> assertTrue(role.text("RoleName").length() <= AwsLimits.ROLE_NAME));
        template.resources("AWS::Lambda::Function")
                .forEach(function -> assertTrue(function.text("FunctionName").length() <= 64));
        template.resources("AWS::Scheduler::Schedule")
                .forEach(schedule -> assertTrue(schedule.text("Name").length() <= 64));
        template.resources("AWS::SQS::Queue")
                .forEach(queue -> assertTrue(queue.text("QueueName").length() <= 80));
    }

    private static int bytes(JsonNode value) {
        return value.isTextual() ? value.asText().getBytes(StandardCharsets.UTF_8).length : QUEUE_URL;
    }

    /** Fifty prefixes of thirty characters, and the longest name that the region leaves room for. */
    private static String fullest() {
        String upstreams = IntStream.range(0, AwsLimits.RULES_PER_REGISTRY)
                .mapToObj("  prefix-of-thirty-characters-%02d: { registry: quay }\n"::formatted)
                .collect(Collectors.joining());
        return """
                name: thirty-one-characters-of-a-name
                cells: [{ account: "111122223333", region: ap-southeast-2 }]
                upstreams:
                """ + upstreams;
    }
}
