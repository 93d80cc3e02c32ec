package dev.larder.infra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.larder.config.ConfigFile;
import dev.larder.config.InvalidConfigException;
import dev.larder.config.Target;
import dev.larder.infra.Template.Resource;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CachesTest {
    private static final String RULE = "AWS::ECR::PullThroughCacheRule";

    private final Template template = Synthesized.account();

    @Test
    void aRuleNamesItsUpstreamAndItsSecret() {
        assertEquals(
                "{\"CredentialArn\":\"arn:aws:secretsmanager:eu-central-1:111122223333:secret:ecr-pullthroughcache/docker-hub\""
                        + ",\"EcrRepositoryPrefix\":\"docker-hub\",\"UpstreamRegistry\":\"docker-hub\""
                        + ",\"UpstreamRegistryUrl\":\"registry-1.docker.io\"}",
                rule(template, "docker-hub").properties().toString());
        assertEquals(
                "{\"EcrRepositoryPrefix\":\"quay\",\"UpstreamRegistry\":\"quay\",\"UpstreamRegistryUrl\":\"quay.io\"}",
                rule(template, "quay").properties().toString());
    }

    @Test
    void aSecretThatTheFileNamesWithItsSuffixIsTheOnlyOneThatFunctionsMayRead() {
        String file = Synthesized.text("account.yaml")
                .replace("ecr-pullthroughcache/docker-hub", "ecr-pullthroughcache/docker-hub-a1B2c3");
        Path output = Synthesized.synth(
                ConfigFile.parse(file, "account.yaml", Target.ACCOUNT), Synthesized.zip("a secret with its suffix"));
        Template named = Synthesized.template(output, Synthesized.STACK);
        String arn = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:ecr-pullthroughcache/docker-hub-a1B2c3";
        assertEquals(arn, rule(named, "docker-hub").text("CredentialArn"));
        assertEquals(
                Set.of(arn),
                named.resources("AWS::IAM::Policy")
                        .flatMap(policy -> policy.properties()
                                .path("PolicyDocument")
                                .path("Statement")
                                .valueStream())
                        .filter(statement -> statement.path("Action").asText().startsWith("secretsmanager:"))
                        .map(statement -> statement.path("Resource").asText())
                        .collect(Collectors.toSet()));
    }

    @Test
    void aTemplateIsThereBeforeItsRule() {
        Resource repositories = repositories("docker-hub");
        assertTrue(rule(template, "docker-hub")
                .json()
                .path("DependsOn")
                .valueStream()
                .anyMatch(id -> id.asText().equals(repositories.id())));
        assertEquals("MUTABLE", repositories.text("ImageTagMutability"));
        assertEquals(
                "[\"PULL_THROUGH_CACHE\"]",
                repositories.properties().path("AppliedFor").toString());
    }

    @Test
    void aCachedRepositoryIsTaggedByARoleThatMayTag() {
        Resource repositories = repositories("quay");
        assertEquals(
                "[{\"Key\":\"larder:cell\",\"Value\":\"111122223333/eu-central-1\"},"
                        + "{\"Key\":\"managed-by\",\"Value\":\"larder\"}]",
                repositories.properties().path("ResourceTags").toString());
        JsonNode role = repositories.properties().path("CustomRoleArn");
        assertTrue(template.target(role).id().startsWith("RepositoryCreator"));
    }

    @Test
    void aTemplateCarriesTheDesiredStateOfItsRepositories() {
        String key = "arn:aws:kms:eu-central-1:111122223333:key/1";
        Template asked = synthesized("""
                repositories:
                  expire: [{ images: untagged, olderThan: 90d }]
                  policy: [{ Effect: Allow, Principal: "*", Action: "ecr:BatchGetImage" }]
                  tags: { team: platform }
                  scanOnPush: true
                  tagMutability: { tags: mutable, except: ["v*"] }
                  encryption: { kmsKeys: ["%s", "arn:aws:kms:us-east-1:444455556666:key/2"] }
                """.formatted(key), true);
        JsonNode properties = repositories(asked, "quay").properties();
        assertEquals(
                "{\"rules\":[{\"rulePriority\":1,\"description\":\"larder: untagged images that came more than 90 days ago\","
                        + "\"selection\":{\"tagStatus\":\"untagged\",\"countType\":\"sinceImagePushed\",\"countUnit\":\"days\","
                        + "\"countNumber\":90},\"action\":{\"type\":\"expire\"}}]}",
                properties.path("LifecyclePolicy").asText());
        assertTrue(properties.path("RepositoryPolicy").asText().contains("\"Sid\":\"Larder1\""));
        assertEquals(
                "{\"EncryptionType\":\"KMS\",\"KmsKey\":\"" + key + "\"}",
                properties.path("EncryptionConfiguration").toString());
        assertEquals(
                "MUTABLE_WITH_EXCLUSION", properties.path("ImageTagMutability").asText());
        assertEquals(
                "[{\"ImageTagMutabilityExclusionFilterType\":\"WILDCARD\",\"ImageTagMutabilityExclusionFilterValue\":\"v*\"}]",
                properties.path("ImageTagMutabilityExclusionFilters").toString());
        assertEquals(
                "[{\"Key\":\"larder:cell\",\"Value\":\"111122223333/eu-central-1\"},"
                        + "{\"Key\":\"larder:scan-on-push\",\"Value\":\"true\"},"
                        + "{\"Key\":\"larder:tag-mutability\",\"Value\":\"MUTABLE_WITH_EXCLUSION\"},"
                        + "{\"Key\":\"managed-by\",\"Value\":\"larder\"},{\"Key\":\"team\",\"Value\":\"platform\"}]",
                properties.path("ResourceTags").toString());
        assertEquals(
                Set.of("kms:CreateGrant", "kms:DescribeKey", "kms:RetireGrant"),
                asked.resources("AWS::IAM::Policy")
                        .flatMap(policy -> policy.properties()
                                .path("PolicyDocument")
                                .path("Statement")
                                .valueStream())
                        .filter(statement -> statement.path("Resource").asText().equals(key))
                        .flatMap(statement -> statement.path("Action").valueStream())
                        .map(JsonNode::asText)
                        .collect(Collectors.toSet()));
    }

    @Test
    void nothingExpiresWhileNothingIsToBeDeleted() {
        String expire = "repositories: { expire: [{ images: untagged, olderThan: 90d }] }\n";
        assertFalse(
                repositories(synthesized(expire, false), "quay").properties().has("LifecyclePolicy"));
        assertTrue(repositories(synthesized(expire, true), "quay").properties().has("LifecyclePolicy"));
    }

    private static Template synthesized(String more, boolean enforce) {
        String file = Synthesized.text("account.yaml").replace("enforce: false", "enforce: " + enforce) + more;
        Path output =
                Synthesized.synth(ConfigFile.parse(file, "account.yaml", Target.ACCOUNT), Synthesized.zip("functions"));
        return Synthesized.template(output, Synthesized.STACK);
    }

    @Test
    void onlyTheLocalTargetHasCustomRegistries() {
        Template local = Synthesized.local();
        assertEquals(
                "{\"EcrRepositoryPrefix\":\"mirror\",\"UpstreamRegistryUrl\":\"http://127.0.0.1:5001\"}",
                rule(local, "mirror").properties().toString());
        assertThrows(InvalidConfigException.class, () -> Synthesized.config("local.yaml", Target.ACCOUNT));
    }

    @Test
    void aRegistryThatCloudFormationMayNotKnowIsNamedByItsUrl() {
        JsonNode chainguard = rule(Synthesized.local(), "images").properties();
        assertFalse(chainguard.has("UpstreamRegistry"));
        assertEquals("cgr.dev", chainguard.path("UpstreamRegistryUrl").asText());
    }

    @Test
    void whoDoesNotCountLeavesThePullTimesAlone() {
        assertEquals(
                Set.of(
                        "arn:aws:iam::111122223333:role/scanner",
                        "arn:aws:iam::111122223333:user/backup/mary",
                        "platform-cache-eu-central-1-WarmWorker",
                        "platform-cache-eu-central-1-LifecycleWorker"),
                template.resources("AWS::ECR::PullTimeUpdateExclusion")
                        .map(exclusion -> exclusion.properties().path("PrincipalArn"))
                        .map(arn -> arn.isTextual()
                                ? arn.asText()
                                : template.target(arn).text("RoleName"))
                        .collect(Collectors.toSet()));
    }

    private static Resource rule(Template template, String prefix) {
        return template.resource(RULE, "EcrRepositoryPrefix", prefix);
    }

    private Resource repositories(String prefix) {
        return repositories(template, prefix);
    }

    private static Resource repositories(Template template, String prefix) {
        return template.resource("AWS::ECR::RepositoryCreationTemplate", "Prefix", prefix);
    }
}
