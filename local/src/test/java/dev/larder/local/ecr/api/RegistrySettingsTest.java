package dev.larder.local.ecr.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a registry has one of, and the list of excluded principals. */
class RegistrySettingsTest {
    private static final String POLICY =
            "{\\\"Version\\\":\\\"2012-10-17\\\",\\\"Statement\\\":[{\\\"Effect\\\":\\\"Allow\\\","
                    + "\\\"Principal\\\":{\\\"AWS\\\":\\\"arn:aws:iam::444455556666:root\\\"},"
                    + "\\\"Action\\\":\\\"ecr:CreateRepository\\\"}]}";

    private Fixture ecr;

    @BeforeEach
    void open(@TempDir Path data) {
        ecr = new Fixture(data);
    }

    @AfterEach
    void close() {
        ecr.close();
    }

    @Test
    void aRegistryScansBasicallyAndOnNoRuleUntilItIsTold() {
        JsonNode before = ecr.call("GetRegistryScanningConfiguration", "{}");
        assertEquals(Fixture.ACCOUNT, before.path("registryId").asText());
        assertEquals("BASIC", before.at("/scanningConfiguration/scanType").asText());
        assertEquals(0, before.at("/scanningConfiguration/rules").size());

        JsonNode put = ecr.call("PutRegistryScanningConfiguration", continuous("hub/*"));

        assertEquals(
                "ENHANCED", put.at("/registryScanningConfiguration/scanType").asText());
        assertEquals(
                put.path("registryScanningConfiguration"),
                ecr.call("GetRegistryScanningConfiguration", "{}").path("scanningConfiguration"));
    }

    @Test
    void aScanningRuleAppliesToTheRepositoriesThatItsFilterMatches() {
        ecr.repository("hub/nginx");
        ecr.repository("team/app");
        ecr.call(
                "CreateRepository",
                "{'repositoryName':'team/scanned','imageScanningConfiguration':{'scanOnPush':true}}");
        ecr.call("PutRegistryScanningConfiguration", continuous("hub/*"));

        JsonNode answer = ecr.call(
                "BatchGetRepositoryScanningConfiguration",
                "{'repositoryNames':['hub/nginx','team/app','team/scanned','none']}");

        JsonNode hub = answer.at("/scanningConfigurations/0");
        assertEquals("CONTINUOUS_SCAN", hub.path("scanFrequency").asText());
        assertEquals("hub/*", hub.at("/appliedScanFilters/0/filter").asText());
        assertEquals(ecr.registry.arn("hub/nginx"), hub.path("repositoryArn").asText());
        JsonNode team = answer.at("/scanningConfigurations/1");
        assertEquals("MANUAL", team.path("scanFrequency").asText());
        assertFalse(team.path("scanOnPush").asBoolean());
        assertEquals(0, team.path("appliedScanFilters").size());
        assertTrue(answer.at("/scanningConfigurations/2/scanOnPush").asBoolean());
        assertEquals("none", answer.at("/failures/0/repositoryName").asText());
        assertEquals(
                "REPOSITORY_NOT_FOUND", answer.at("/failures/0/failureCode").asText());
    }

    @Test
    void scanningIsHeldToTheModel() {
        assertEquals(
                "InvalidParameterException", ecr.error("PutRegistryScanningConfiguration", "{'scanType':'THOROUGH'}"));
        assertEquals(
                "InvalidParameterException",
                ecr.error("PutRegistryScanningConfiguration", "{'rules':[{'scanFrequency':'SCAN_ON_PUSH'}]}"));
        assertEquals(
                "InvalidParameterException",
                ecr.error("BatchGetRepositoryScanningConfiguration", "{'repositoryNames':[]}"));
    }

    @Test
    void theRegistrysPolicyIsCheckedKeptAndDeletedOnce() {
        assertEquals("RegistryPolicyNotFoundException", ecr.error("GetRegistryPolicy", "{}"));
        assertEquals("RegistryPolicyNotFoundException", ecr.error("DeleteRegistryPolicy", "{}"));
        assertEquals("InvalidParameterException", ecr.error("PutRegistryPolicy", "{'policyText':'no JSON'}"));
        assertEquals("InvalidParameterException", ecr.error("PutRegistryPolicy", "{'policyText':'{}'}"));

        JsonNode put = ecr.call("PutRegistryPolicy", "{'policyText':'" + POLICY + "'}");

        assertEquals(Fixture.ACCOUNT, put.path("registryId").asText());
        assertEquals(put, ecr.call("GetRegistryPolicy", "{}"));
        assertEquals(put, ecr.call("DeleteRegistryPolicy", "{}"));
        assertEquals("RegistryPolicyNotFoundException", ecr.error("GetRegistryPolicy", "{}"));
    }

    @Test
    void aHundredPrincipalsCanBeExcludedAndNoMore() {
        assertEquals("ExclusionNotFoundException", ecr.error("DeregisterPullTimeUpdateExclusion", principal(0)));
        for (int i = 0; i < 100; i++) {
            ecr.call("RegisterPullTimeUpdateExclusion", principal(i));
        }
        assertEquals("LimitExceededException", ecr.error("RegisterPullTimeUpdateExclusion", principal(100)));
        assertEquals("ExclusionAlreadyExistsException", ecr.error("RegisterPullTimeUpdateExclusion", principal(7)));

        ecr.call("DeregisterPullTimeUpdateExclusion", principal(7));
        ecr.call("RegisterPullTimeUpdateExclusion", principal(100));

        List<String> listed = new ArrayList<>();
        String token = "";
        do {
            JsonNode page = ecr.call("ListPullTimeUpdateExclusions", "{'maxResults':30" + token + "}");
            page.path("pullTimeUpdateExclusions").forEach(arn -> listed.add(arn.asText()));
            token = page.has("nextToken")
                    ? ",'nextToken':'" + page.path("nextToken").asText() + "'"
                    : "";
        } while (!token.isEmpty());
        assertEquals(100, listed.size());
        assertEquals(100, listed.stream().distinct().count());
        assertFalse(listed.contains(arn(7)));
    }

    private static String continuous(String filter) {
        return "{'scanType':'ENHANCED','rules':[{'scanFrequency':'CONTINUOUS_SCAN','repositoryFilters':[{'filter':'"
                + filter + "','filterType':'WILDCARD'}]}]}";
    }

    private static String principal(int number) {
        return "{'principalArn':'" + arn(number) + "'}";
    }

    private static String arn(int number) {
        return "arn:aws:iam::" + Fixture.ACCOUNT + ":role/warmer-" + number;
    }
}
