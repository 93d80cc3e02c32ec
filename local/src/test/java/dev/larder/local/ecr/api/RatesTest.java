package dev.larder.local.ecr.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.local.aws.AwsException;
import dev.larder.local.aws.JsonService.Via;
import dev.larder.local.oci.Manifest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What ECR does with calls beyond a rate. */
class RatesTest {
    private static final String APP = "{'repositoryName':'app'}";

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
    void theEleventhPutImageWithinASecondIsRefusedAndPutsNothing() {
        Manifest image = ecr.image("a");
        ecr.add("app", "0", image);
        for (int i = 1; i <= 10; i++) {
            ecr.call("PutImage", put(image, i));
        }
        ecr.events.clear();

        AwsException refused = assertThrows(AwsException.class, () -> ecr.call("PutImage", put(image, 11)));

        assertEquals("ThrottlingException", refused.code());
        assertEquals("Rate exceeded", refused.message());
        assertEquals(400, refused.status());
        assertTrue(ecr.registry.images().tag("app", "11").isEmpty());
        assertEquals(1, ecr.events.size(), "a record, and no push");
        JsonNode detail = ecr.events.getFirst().path("detail");
        assertEquals("PutImage", detail.path("eventName").asText());
        assertEquals("ThrottlingException", detail.path("errorCode").asText());
        assertEquals("11", detail.at("/requestParameters/imageTag").asText());

        ecr.nanos += Duration.ofMillis(100).toNanos();
        ecr.call("PutImage", put(image, 11));
        assertEquals("ThrottlingException", ecr.error("PutImage", put(image, 12)));
    }

    @Test
    void oneActionsCallsAreNotAnothers() {
        ecr.api.setRates(Map.of("DescribeImages", 1.0, "ListImages", 1.0));
        ecr.call("DescribeImages", APP);
        ecr.call("ListImages", APP);
        assertEquals("ThrottlingException", ecr.error("DescribeImages", APP));
        assertEquals("ThrottlingException", ecr.error("ListImages", APP));
    }

    @Test
    void whatIsWrongWithACallIsNotLookedAtBeyondTheRate() {
        ecr.api.setRates(Map.of("DescribeImages", 1.0));
        assertEquals("RepositoryNotFoundException", ecr.error("DescribeImages", "{'repositoryName':'none'}"));
        assertEquals("ThrottlingException", ecr.error("DescribeImages", "{'repositoryName':'none'}"));
    }

    @Test
    void anActionWithoutAPublishedQuotaIsLimitedOnlyWhileSomebodySaysSo() {
        for (int i = 0; i < 5_000; i++) {
            ecr.call("GetRegistryScanningConfiguration", "{}");
        }
        ecr.api.setRates(Map.of("GetRegistryScanningConfiguration", 1.0, "PutImage", 1.0));
        ecr.call("GetRegistryScanningConfiguration", "{}");
        assertEquals("ThrottlingException", ecr.error("GetRegistryScanningConfiguration", "{}"));
        ecr.api.resetRates();
        ecr.call("GetRegistryScanningConfiguration", "{}");
        ecr.call("GetRegistryScanningConfiguration", "{}");
        assertEquals(10.0, ecr.api.rates().get("PutImage"));
        assertEquals(8, ecr.api.rates().size());
    }

    @Test
    void whatARegistryClientDoesDoesNotCount() {
        ecr.api.setRates(Map.of("DescribeImages", 1.0));
        ObjectNode app = Shapes.object().put("repositoryName", "app");
        ecr.api.call("DescribeImages", app, Fixture.USER, Via.REGISTRY);
        ecr.api.call("DescribeImages", app, Fixture.USER, Via.REGISTRY);
        ecr.call("DescribeImages", APP);
    }

    @Test
    void ratesOfNothingAndNoRatesAreRefusedAsAWhole() {
        Map<String, Double> before = ecr.api.rates();
        assertThrows(IllegalArgumentException.class, () -> ecr.api.setRates(Map.of("PutImage", 5.0, "PutImages", 5.0)));
        assertThrows(
                IllegalArgumentException.class, () -> ecr.api.setRates(Map.of("PutImage", 5.0, "ListImages", 0.0)));
        assertThrows(IllegalArgumentException.class, () -> ecr.api.setRates(Map.of("PutImage", Double.NaN)));
        assertEquals(before, ecr.api.rates());
    }

    private static String put(Manifest manifest, int tag) {
        return Shapes.object()
                .put("repositoryName", "app")
                .put("imageManifest", manifest.content())
                .put("imageTag", String.valueOf(tag))
                .toString();
    }
}
