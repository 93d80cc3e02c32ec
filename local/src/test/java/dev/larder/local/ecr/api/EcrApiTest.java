package dev.larder.local.ecr.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.local.aws.AwsException;
import dev.larder.local.aws.Caller;
import dev.larder.local.aws.JsonService.Via;
import dev.larder.local.oci.Manifest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Calls, their records, and repositories. */
class EcrApiTest extends EcrApiFixture {
    @Test
    void anActionThatIsNotImitatedIsRefusedByName() {
        AwsException refusal = assertThrows(
                AwsException.class,
                () -> ecr.api.call("PutSigningConfiguration", Shapes.object(), Fixture.USER, Via.API));
        assertEquals("UnknownOperationException", refusal.code());
        assertTrue(refusal.message().contains("PutSigningConfiguration"), refusal.message());
    }

    @Test
    void inputsAreHeldToTheModel() {
        assertEquals("InvalidParameterException", ecr.error("CreateRepository", "{}"));
        assertEquals("InvalidParameterException", ecr.error("CreateRepository", "{'repositoryName':'UPPER'}"));
        assertEquals("InvalidParameterException", ecr.error("CreateRepository", "{'repositoryName':'ok','x':1}"));
        assertEquals("InvalidParameterException", ecr.error("DescribeRepositories", "{'maxResults':1001}"));
        assertEquals("InvalidParameterException", ecr.error("DescribeRepositories", "{'nextToken':'garbage'}"));
        assertEquals(
                "InvalidParameterException",
                ecr.error("CreateRepository", "{'repositoryName':'ok','imageTagMutability':'SOMETIMES'}"));
    }

    @Test
    void aRepositoryIsCreatedOnceAndDeletedWithItsImagesOnlyByForce() {
        ecr.repository("team/app");
        assertEquals(
                "RepositoryAlreadyExistsException", ecr.error("CreateRepository", "{'repositoryName':'team/app'}"));
        ecr.add("team/app", "1", ecr.image("a"));
        assertEquals("RepositoryNotEmptyException", ecr.error("DeleteRepository", "{'repositoryName':'team/app'}"));
        ecr.call("DeleteRepository", "{'repositoryName':'team/app','force':true}");
        assertEquals("RepositoryNotFoundException", ecr.error("DescribeImages", "{'repositoryName':'team/app'}"));
        ecr.repository("team/app");
        assertEquals(
                0,
                ecr.call("ListImages", "{'repositoryName':'team/app'}")
                        .path("imageIds")
                        .size());
    }

    @Test
    void pagesGiveEveryRepositoryOnce() {
        for (int i = 0; i < 7; i++) {
            ecr.repository("repository-" + i);
        }
        List<String> names = new ArrayList<>();
        String token = "";
        do {
            ObjectNode page = ecr.call("DescribeRepositories", "{'maxResults':3" + token + "}");
            page.path("repositories")
                    .forEach(r -> names.add(r.path("repositoryName").asText()));
            token = page.has("nextToken")
                    ? ",'nextToken':'" + page.path("nextToken").asText() + "'"
                    : "";
        } while (!token.isEmpty());
        assertEquals(7, names.size());
        assertEquals(7, names.stream().distinct().count());
    }

    @Test
    void aPullIsRecordedInCloudTrailAndInTheImageUnlessItsPrincipalIsExcluded() {
        ecr.repository("app");
        Manifest image = ecr.add("app", "1", ecr.image("a"));
        String role = "arn:aws:iam::" + Fixture.ACCOUNT + ":role/team/warmer";
        ecr.call("RegisterPullTimeUpdateExclusion", "{'principalArn':'" + role + "'}");
        ecr.events.clear();

        ecr.caller = new Caller(Fixture.ACCOUNT, "ASIA1", "team/warmer", Optional.of("run"));
        ecr.call("BatchGetImage", "{'repositoryName':'app','imageIds':[{'imageTag':'1'}]}");
        assertFalse(detail("app").has("lastRecordedPullTime"));

        ecr.caller = Fixture.USER;
        ObjectNode answer =
                ecr.call("BatchGetImage", "{'repositoryName':'app','imageIds':[{'imageTag':'1'},{'imageTag':'2'}]}");
        assertEquals(
                image.content(),
                answer.path("images").path(0).path("imageManifest").asText());
        assertEquals(
                "ImageNotFound",
                answer.path("failures").path(0).path("failureCode").asText());
        assertEquals(
                ecr.now.getEpochSecond(),
                detail("app").path("lastRecordedPullTime").asLong());

        JsonNode byRole = ecr.events.get(0).path("detail");
        assertEquals("BatchGetImage", byRole.path("eventName").asText());
        assertEquals(
                role,
                byRole.at("/userIdentity/sessionContext/sessionIssuer/arn").asText());
        assertTrue(byRole.path("readOnly").asBoolean());
    }

    @Test
    void aFailedCallLeavesARecordWithItsErrorCode() {
        assertEquals(
                "RepositoryNotFoundException",
                ecr.error("BatchGetImage", "{'repositoryName':'none','imageIds':[{'imageTag':'1'}]}"));
        assertEquals(
                "RepositoryNotFoundException",
                ecr.events.getLast().at("/detail/errorCode").asText());
    }

    @Test
    void aTemplateShapesTheRepositoryWhenItIsMadeAndNeverLater() {
        String policy = "{'Statement':[{'Effect':'Allow','Principal':'*','Action':'ecr:BatchGetImage'}]}";
        ecr.call(
                "CreateRepositoryCreationTemplate",
                "{'prefix':'hub','appliedFor':['PULL_THROUGH_CACHE'],'imageTagMutability':'IMMUTABLE'}");
        ecr.call(
                "CreateRepositoryCreationTemplate",
                "{'prefix':'hub/library','appliedFor':['PULL_THROUGH_CACHE'],'repositoryPolicy':'"
                        + policy.replace("'", "\\\"") + "','resourceTags':[{'Key':'team','Value':'web'}],"
                        + "'customRoleArn':'arn:aws:iam::111122223333:role/templates'}");
        ecr.registry.createFromTemplate("hub/library/nginx");
        ecr.registry.createFromTemplate("hub/grafana");
        JsonNode made = ecr.call("DescribeRepositories", "{'repositoryNames':['hub/library/nginx','hub/grafana']}")
                .path("repositories");
        assertEquals("MUTABLE", made.path(0).path("imageTagMutability").asText());
        assertEquals("IMMUTABLE", made.path(1).path("imageTagMutability").asText());
        assertEquals(
                "web",
                ecr.call("ListTagsForResource", "{'resourceArn':'" + ecr.registry.arn("hub/library/nginx") + "'}")
                        .at("/tags/0/Value")
                        .asText());
        ecr.call("GetRepositoryPolicy", "{'repositoryName':'hub/library/nginx'}");
        ecr.call("UpdateRepositoryCreationTemplate", "{'prefix':'hub','imageTagMutability':'MUTABLE'}");
        assertEquals(
                "IMMUTABLE",
                ecr.call("DescribeRepositories", "{'repositoryNames':['hub/grafana']}")
                        .at("/repositories/0/imageTagMutability")
                        .asText());
    }

    @Test
    void cacheRulesKeepTheirLimits() {
        assertEquals("UnsupportedUpstreamRegistryException", rule("a-rule", "harbor.example.com", ""));
        assertEquals("InvalidParameterException", rule("hub", "registry-1.docker.io", ""));
        assertEquals("SecretNotFoundException", rule("hub", "registry-1.docker.io", secret("missing-x")));
        ecr.call("CreatePullThroughCacheRule", "{'ecrRepositoryPrefix':'quay','upstreamRegistryUrl':'quay.io'}");
        assertEquals("PullThroughCacheRuleAlreadyExistsException", rule("quay", "quay.io", ""));
        for (int i = 1; i < 50; i++) {
            ecr.call(
                    "CreatePullThroughCacheRule",
                    "{'ecrRepositoryPrefix':'local" + i + "','upstreamRegistryUrl':'http://127.0.0.1:5001'}");
        }
        assertEquals("LimitExceededException", rule("more", "quay.io", ""));
        assertTrue(ecr.call("ValidatePullThroughCacheRule", "{'ecrRepositoryPrefix':'quay'}")
                .path("isValid")
                .asBoolean());
        assertEquals(
                "quay", ecr.registry.ruleFor("quay/coreos/etcd").orElseThrow().prefix());
        assertTrue(ecr.registry.ruleFor("quayside/x").isEmpty());
    }

    @Test
    void aTokenSaysWhoLoggedInForTwelveHours() {
        String token = ecr.call("GetAuthorizationToken", "{}")
                .at("/authorizationData/0/authorizationToken")
                .asText();
        String login = new String(java.util.Base64.getDecoder().decode(token), java.nio.charset.StandardCharsets.UTF_8);
        String password = login.substring("AWS:".length());
        assertEquals(Optional.of(Fixture.USER), ecr.tokens.caller(password));
        assertEquals(Optional.empty(), ecr.tokens.caller("x" + password));
        ecr.now = ecr.now.plus(Duration.ofHours(12));
        assertEquals(Optional.empty(), ecr.tokens.caller(password));
    }

    private String rule(String prefix, String url, String more) {
        return ecr.error(
                "CreatePullThroughCacheRule",
                "{'ecrRepositoryPrefix':'" + prefix + "','upstreamRegistryUrl':'" + url + "'" + more + "}");
    }

    private static String secret(String name) {
        return ",'credentialArn':'arn:aws:secretsmanager:eu-central-1:111122223333:secret:ecr-pullthroughcache/" + name
                + "'";
    }

    private JsonNode detail(String repository) {
        return ecr.call("DescribeImages", "{'repositoryName':'" + repository + "'}")
                .path("imageDetails")
                .path(0);
    }
}
