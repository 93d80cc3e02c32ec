package dev.larder.local.ecr.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.local.ecr.EcrEvents;
import dev.larder.local.ecr.events.EventBridgeEcrEvents;
import dev.larder.local.ecr.lifecycle.LifecycleRuns;
import dev.larder.local.oci.Manifest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
        ecr.now = ecr.now.plus(Duration.ofDays(1).plusSeconds(1));
        runs.evaluate(ecr.now);
        assertTrue(ecr.registry.images().isEmpty("app"));
        assertTrue(ecr.call("GetLifecyclePolicy", "{'repositoryName':'app'}").has("lastEvaluatedAt"));
    }

    @Test
    void aReferrerGoesWithItsSubjectHoweverYoungAndIsAnnouncedAfterIt() {
        Manifest subject = ecr.add("app", "1", ecr.image("a"));
        Manifest signature = ecr.image("signature", Optional.of(subject.digest()));
        put();
        ecr.now = ecr.now.plus(Duration.ofDays(15));
        ecr.add("app", "sig", signature);
        Manifest stays = ecr.add("app", "2", ecr.image("b"));
        Manifest signatureOfWhatStays = ecr.add("app", "sig2", ecr.image("signature 2", Optional.of(stays.digest())));
        ecr.events.clear();

        new LifecycleRuns(ecr.registry, loud()).evaluate(ecr.now);

        assertEquals(
                List.of(subject.digest().value(), signature.digest().value()),
                ecr.events.stream()
                        .map(event -> event.at("/detail/image-digest").asText())
                        .toList());
        assertTrue(ecr.registry.images().find("app", stays.digest()).isPresent());
        assertTrue(
                ecr.registry.images().find("app", signatureOfWhatStays.digest()).isPresent());
    }

    @Test
    void aRunArchivesWhatIsNotPulledAndSaysSo() {
        Manifest idle = ecr.add("app", "1", ecr.image("a"));
        Manifest signature = ecr.add("app", "sig", ecr.image("signature", Optional.of(idle.digest())));
        ecr.add("app", "2", ecr.image("b"));
        ecr.call(
                "PutLifecyclePolicy",
                "{'repositoryName':'app','lifecyclePolicyText':'"
                        + POLICY.replace("sinceImagePushed", "sinceImagePulled")
                                .replace("expire\\\"", "transition\\\",\\\"targetStorageClass\\\":\\\"archive\\\"")
                        + "'}");
        ecr.now = ecr.now.plus(Duration.ofDays(10));
        ecr.call("BatchGetImage", "{'repositoryName':'app','imageIds':[{'imageTag':'2'}]}");
        ecr.now = ecr.now.plus(Duration.ofDays(10));
        ecr.events.clear();

        LifecycleRuns runs = new LifecycleRuns(ecr.registry, loud());
        runs.evaluate(ecr.now);
        runs.evaluate(ecr.now);

        assertFalse(
                ecr.registry.images().find("app", idle.digest()).orElseThrow().active());
        assertFalse(ecr.registry
                .images()
                .find("app", signature.digest())
                .orElseThrow()
                .active());
        assertEquals(
                1,
                ecr.call("DescribeImages", "{'repositoryName':'app'}")
                        .path("imageDetails")
                        .size());
        assertEquals(
                List.of("ECR Image Action", "ECR Referrer Action"),
                ecr.detailTypes().stream()
                        .filter(type -> !type.contains("CloudTrail"))
                        .sorted()
                        .toList());
    }

    @Test
    void aTemplateMayHaveAnEmptyPolicyButNoBrokenOne() {
        String template = "{'prefix':'hub','appliedFor':['PULL_THROUGH_CACHE'],'lifecyclePolicy':'";
        assertEquals(
                "InvalidParameterException",
                ecr.error("CreateRepositoryCreationTemplate", template + POLICY.replace("expire", "expunge") + "'}"));
        ecr.call("CreateRepositoryCreationTemplate", template + "'}");
        ecr.registry.createFromTemplate("hub/a");
        assertEquals("LifecyclePolicyNotFoundException", ecr.error("GetLifecyclePolicy", "{'repositoryName':'hub/a'}"));
        ecr.call("UpdateRepositoryCreationTemplate", "{'prefix':'hub','lifecyclePolicy':'" + POLICY + "'}");
        ecr.registry.createFromTemplate("hub/b");
        ecr.call("GetLifecyclePolicy", "{'repositoryName':'hub/b'}");
        new LifecycleRuns(ecr.registry, loud()).evaluate(ecr.now);
    }

    @Test
    void everyScanIsAnEventWithItsCounts() {
        Manifest image = ecr.add("app", "1", ecr.image("a"));
        ecr.events.clear();
        ecr.call("StartImageScan", "{'repositoryName':'app','imageId':{'imageTag':'1'}}");
        ecr.api.setScanFindings("app", image.digest(), (ObjectNode)
                Fixture.json("{\"findingSeverityCounts\":{\"CRITICAL\":10,\"MEDIUM\":9}}"));

        List<JsonNode> scans = ecr.events.stream()
                .filter(event -> event.path("detail-type").asText().equals("ECR Image Scan"))
                .toList();

        assertEquals(2, scans.size());
        assertEquals(0, scans.getFirst().at("/detail/finding-severity-counts").size());
        JsonNode found = scans.getLast();
        assertEquals(ecr.registry.arn("app"), found.at("/resources/0").asText());
        assertEquals("COMPLETE", found.at("/detail/scan-status").asText());
        assertEquals("app", found.at("/detail/repository-name").asText());
        assertEquals(image.digest().value(), found.at("/detail/image-digest").asText());
        assertEquals("1", found.at("/detail/image-tags/0").asText());
        assertEquals(10, found.at("/detail/finding-severity-counts/CRITICAL").asInt());
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

    private EcrEvents silent() {
        return new EventBridgeEcrEvents(event -> {}, Fixture.ACCOUNT, Fixture.REGION, () -> ecr.now);
    }

    private EcrEvents loud() {
        return new EventBridgeEcrEvents(
                event -> ecr.events.add(Fixture.json(event)), Fixture.ACCOUNT, Fixture.REGION, () -> ecr.now);
    }
}
