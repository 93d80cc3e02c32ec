package dev.larder.local.ecr.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.local.ecr.lifecycle.LifecycleRuns;
import dev.larder.local.oci.Manifest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LifecycleActionsTest {
    private static final String POLICY = "{\\\"rules\\\":[{\\\"rulePriority\\\":1,\\\"selection\\\":{\\\"tagStatus\\\":"
            + "\\\"any\\\",\\\"countType\\\":\\\"sinceImagePushed\\\",\\\"countUnit\\\":\\\"days\\\","
            + "\\\"countNumber\\\":14},\\\"action\\\":{\\\"type\\\":\\\"expire\\\"}}]}";

    private Fixture ecr;

    @BeforeEach
    void open(@TempDir Path data) {
        ecr = new Fixture(data);
        ecr.repository("app");
    }

    @AfterEach
    void close() {
        ecr.close();
    }

    @Test
    void aPolicyIsValidatedKeptAndRemoved() {
        assertEquals("LifecyclePolicyNotFoundException", ecr.error("GetLifecyclePolicy", "{'repositoryName':'app'}"));
        assertEquals(
                "InvalidParameterException",
                ecr.error(
                        "PutLifecyclePolicy",
                        "{'repositoryName':'app','lifecyclePolicyText':'" + POLICY.replace("expire", "expunge")
                                + "'}"));
        put();
        ecr.call("GetLifecyclePolicy", "{'repositoryName':'app'}");
        ecr.call("DeleteLifecyclePolicy", "{'repositoryName':'app'}");
        assertEquals("LifecyclePolicyNotFoundException", ecr.error("GetLifecyclePolicy", "{'repositoryName':'app'}"));
    }

    @Test
    void aPreviewSaysWhatARunWouldDoAndDoesNothing() {
        assertEquals(
                "LifecyclePolicyPreviewNotFoundException",
                ecr.error("GetLifecyclePolicyPreview", "{'repositoryName':'app'}"));
        Manifest image = ecr.add("app", "1", ecr.image("a"));
        ecr.now = ecr.now.plus(Duration.ofDays(15));
        ecr.add("app", "2", ecr.image("b"));
        ecr.call("StartLifecyclePolicyPreview", "{'repositoryName':'app','lifecyclePolicyText':'" + POLICY + "'}");
        ObjectNode preview = ecr.call("GetLifecyclePolicyPreview", "{'repositoryName':'app'}");
        assertEquals(1, preview.path("previewResults").size());
        assertEquals(
                image.digest().value(),
                preview.at("/previewResults/0/imageDigest").asText());
        assertEquals(1, preview.at("/summary/expiringImageTotalCount").asInt());
        assertTrue(ecr.registry.images().find("app", image.digest()).isPresent());
    }

    @Test
    void aRunExpiresTheIndexWithItsChildrenAndItsSignature() {
        Manifest child = ecr.image("a");
        Manifest index = ecr.add("app", "1", child, ecr.index(child));
        Manifest signature = ecr.image("signature", Optional.of(index.digest()));
        put();
        ecr.now = ecr.now.plus(Duration.ofDays(13));
        ecr.add("app", "sig", signature);
        LifecycleRuns runs = new LifecycleRuns(ecr.registry, silent());
        runs.evaluate(ecr.now);
        assertTrue(ecr.registry.images().find("app", index.digest()).isPresent());
        ecr.now = ecr.now.plus(Duration.ofDays(1));
        runs.evaluate(ecr.now);
        assertTrue(ecr.registry.images().isEmpty("app"));
        assertTrue(ecr.call("GetLifecyclePolicy", "{'repositoryName':'app'}").has("lastEvaluatedAt"));
    }

    @Test
    void aScanFindsWhatWasSet() {
        Manifest image = ecr.add("app", "1", ecr.image("a"));
        String id = "{'repositoryName':'app','imageId':{'imageTag':'1'}}";
        assertEquals("ScanNotFoundException", ecr.error("DescribeImageScanFindings", id));
        ecr.api.setScanFindings(
                "app", image.digest(), (ObjectNode) Fixture.json("{\"findingSeverityCounts\":{\"HIGH\":1},"
                        + "\"findings\":[{\"name\":\"CVE-2026-1\",\"severity\":\"HIGH\"}]}"));
        ObjectNode findings = ecr.call("DescribeImageScanFindings", id);
        assertEquals(
                "CVE-2026-1", findings.at("/imageScanFindings/findings/0/name").asText());
        assertEquals("LimitExceededException", ecr.error("StartImageScan", id));
        ecr.now = ecr.now.plus(Duration.ofDays(1));
        ecr.call("StartImageScan", id);
        ecr.call("BatchDeleteImage", "{'repositoryName':'app','imageIds':[{'imageTag':'1'}]}");
        ecr.add("app", "1", image);
        assertFalse(ecr.call("DescribeImages", "{'repositoryName':'app'}")
                .path("imageDetails")
                .path(0)
                .has("imageScanStatus"));
    }

    private void put() {
        ecr.call("PutLifecyclePolicy", "{'repositoryName':'app','lifecyclePolicyText':'" + POLICY + "'}");
    }

    private dev.larder.local.ecr.EcrEvents silent() {
        return new dev.larder.local.ecr.events.EventBridgeEcrEvents(
                event -> {}, Fixture.ACCOUNT, Fixture.REGION, () -> ecr.now);
    }
}
