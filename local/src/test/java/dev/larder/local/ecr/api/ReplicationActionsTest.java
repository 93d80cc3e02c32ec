package dev.larder.local.ecr.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import dev.larder.local.aws.AwsException;
import dev.larder.local.oci.Manifest;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplicationActionsTest {
    private static final String RULES = "{'rules':[{'destinations':[{'region':'us-east-1','registryId':'111122223333'},"
            + "{'region':'us-west-2','registryId':'444455556666'}],"
            + "'repositoryFilters':[{'filter':'team/','filterType':'PREFIX_MATCH'}]}]}";

    private Fixture ecr;

    @BeforeEach
    void open(@TempDir Path data) {
        ecr = new Fixture(data);
        ecr.repository("team/app");
        ecr.repository("other/app");
    }

    @AfterEach
    void close() {
        ecr.close();
    }

    @Test
    void aRegistryHasTheRulesThatItWasGivenLast() {
        assertEquals(Fixture.json("{\"rules\":[]}"), rules());
        JsonNode put = put(RULES);
        assertEquals(Fixture.json(RULES.replace('\'', '"')), put.path("replicationConfiguration"));
        assertEquals(put.path("replicationConfiguration"), rules());
        put("{'rules':[]}");
        assertEquals(Fixture.json("{\"rules\":[]}"), rules());
    }

    @Test
    void whatComesInWhileARuleHasItIsInProgressUntilItIsSaidToBeOver() {
        Manifest before = ecr.add("team/app", "0", ecr.image("before"));
        put(RULES);
        Manifest image = ecr.add("team/app", "1", ecr.image("a"));
        Manifest other = ecr.add("other/app", "1", ecr.image("b"));

        assertEquals("[]", statuses("team/app", before).toString(), "what was there before is not copied");
        assertEquals("[]", statuses("other/app", other).toString(), "no rule has it");
        assertEquals(
                Fixture.json("[{\"region\":\"us-east-1\",\"registryId\":\"111122223333\",\"status\":\"IN_PROGRESS\"},"
                        + "{\"region\":\"us-west-2\",\"registryId\":\"444455556666\",\"status\":\"IN_PROGRESS\"}]"),
                statuses("team/app", image));

        ecr.api.setReplicationStatus("team/app", image.digest(), "FAILED");
        assertEquals("FAILED", statuses("team/app", image).at("/1/status").asText());
        ecr.api.setReplicationStatus("team/app", image.digest(), "COMPLETE");
        assertEquals("COMPLETE", statuses("team/app", image).at("/0/status").asText());
    }

    @Test
    void whatIsPushedIsCopiedAndItsCopiesAreForgottenWithIt() {
        Manifest image = ecr.add("other/app", "1", ecr.image("a"));
        put("{'rules':[{'destinations':[{'region':'us-east-1','registryId':'111122223333'}]}]}");
        Manifest index = ecr.index(image);
        ecr.call(
                "PutImage",
                Shapes.object()
                        .put("repositoryName", "other/app")
                        .put("imageManifest", index.content())
                        .put("imageTag", "2")
                        .toString());
        assertEquals(1, statuses("other/app", index).size());
        assertEquals(0, statuses("other/app", image).size());

        ecr.registry.images().remove("other/app", index.digest());
        put("{'rules':[]}");
        ecr.add("other/app", "2", index);
        assertEquals(0, statuses("other/app", index).size());
    }

    @Test
    void whatIsWrongIsRefusedInTheModelsWords() {
        assertEquals(
                "InvalidParameterException",
                ecr.error(
                        "PutReplicationConfiguration",
                        "{'replicationConfiguration':{'rules':[{'destinations':[{'region':'us-east-1'}]}]}}"));
        assertEquals(
                "InvalidParameterException",
                ecr.error("PutReplicationConfiguration", wanted(RULES.replace("PREFIX_MATCH", "WILDCARD"))));
        assertEquals(
                "InvalidParameterException",
                ecr.error("PutReplicationConfiguration", wanted(RULES.replace("team/", "TEAM/"))));
        assertEquals(
                "ImageNotFoundException",
                ecr.error(
                        "DescribeImageReplicationStatus", "{'repositoryName':'team/app','imageId':{'imageTag':'1'}}"));
        assertEquals(
                "RepositoryNotFoundException",
                ecr.error("DescribeImageReplicationStatus", "{'repositoryName':'none','imageId':{'imageTag':'1'}}"));
        Manifest image = ecr.add("team/app", "1", ecr.image("a"));
        assertThrows(AwsException.class, () -> ecr.api.setReplicationStatus("team/app", image.digest(), "DONE"));
    }

    private static String wanted(String rules) {
        return "{'replicationConfiguration':" + rules + "}";
    }

    private JsonNode put(String rules) {
        return ecr.call("PutReplicationConfiguration", wanted(rules));
    }

    private JsonNode rules() {
        return ecr.call("DescribeRegistry", "{}").path("replicationConfiguration");
    }

    private JsonNode statuses(String repository, Manifest image) {
        return ecr.call(
                        "DescribeImageReplicationStatus",
                        "{'repositoryName':'" + repository + "','imageId':{'imageDigest':'" + image.digest() + "'}}")
                .path("replicationStatuses");
    }
}
