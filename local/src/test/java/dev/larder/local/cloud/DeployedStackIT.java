package dev.larder.local.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.larder.local.fixture.FixtureImage;
import dev.larder.local.fixture.FixtureRegistry;
import dev.larder.local.front.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The templates that infra synthesizes and the functions' zip, stood up whole. */
class DeployedStackIT {
    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void aPullThroughTheCacheIsRecordedByTheRealFunctions() throws Exception {
        try (FixtureRegistry upstream = FixtureRegistry.start()) {
            upstream.publish("team/app", "1.0", FixtureImage.small(1));
            Path stacks = RealStacks.synthesize(folder, upstream.url());
            Set<String> measured = ConcurrentHashMap.newKeySet();
            Options options = Options.temporary(stacks).withFunctionLog((function, line) -> {
                if (line.startsWith("{\"_aws\"")) {
                    measured.add(Json.read(line).path("Function").asText());
                }
            });
            try (LocalCloud cloud = LocalCloud.start(options)) {
                assertEquals(200, manifest(cloud).statusCode());
                assertTrue(cloud.awaitQuiet(Duration.ofMinutes(2)));
                cloud.advance(Duration.ofHours(26));
                assertEquals("1", tagRecord(cloud).path("pulls").path("N").asText(), () -> "" + tagRecord(cloud));
                assertEquals("1", tagRecord(cloud).path("coldPulls").path("N").asText());
                JsonNode functions = status(cloud).path("functions");
                for (Map.Entry<String, JsonNode> function : functions.properties()) {
                    assertEquals(0, function.getValue().path("errors").asInt(), functions::toString);
                    assertTrue(function.getValue().path("invocations").asInt() > 0, functions::toString);
                }
                assertTrue(measured.containsAll(watched(stacks)), () -> "written of " + measured);
            }
        }
    }

    @Test
    void aCellOfSeveralStandsAloneAndSaysWhatItDrops() throws Exception {
        try (FixtureRegistry upstream = FixtureRegistry.start()) {
            List<String> progress = new CopyOnWriteArrayList<>();
            Options options = new Options(
                    RealStacks.synthesizeCells(
                            folder, upstream.url(), "warm: { cells: all }\n", List.of("444455556666/us-east-1")),
                    Optional.empty(),
                    0,
                    0,
                    Optional.of("444455556666/us-east-1"),
                    progress::add,
                    (function, line) -> {});
            try (LocalCloud cloud = LocalCloud.start(options)) {
                assertEquals(
                        1,
                        progress.stream()
                                .filter(line -> line.contains(
                                        "forwards to arn:aws:events:eu-central-1:111122223333:event-bus/default"))
                                .count(),
                        progress::toString);
                assertTrue(cloud.awaitQuiet(Duration.ofMinutes(1)));
            }
        }
    }

    /** The functions that alarms on Larder's own metrics look at. */
    private static Set<String> watched(Path stacks) throws IOException {
        JsonNode template =
                Json.read(Files.readString(stacks.resolve("platform-cache-111122223333-eu-central-1.template.json")));
        Set<String> watched = new TreeSet<>();
        for (JsonNode resource : template.path("Resources")) {
            JsonNode properties = resource.path("Properties");
            if (properties.path("Namespace").asText().equals("Larder")) {
                watched.add(properties.path("Dimensions").path(0).path("Value").asText());
            }
        }
        assertFalse(watched.isEmpty(), template::toString);
        return watched;
    }

    private JsonNode tagRecord(LocalCloud cloud) {
        HttpRequest request = HttpRequest.newBuilder(cloud.endpoint())
                .header("X-Amz-Target", "DynamoDB_20120810.GetItem")
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=ann/20261124/eu-central-1/dynamodb/aws4_request,"
                                + " SignedHeaders=host, Signature=0")
                .POST(HttpRequest.BodyPublishers.ofString("""
                        {"TableName":"platform-cache",
                         "Key":{"pk":{"S":"image#mirror/team/app"},"sk":{"S":"tag#1.0"}}}"""))
                .build();
        return Json.read(send(request).body()).path("Item");
    }

    private HttpResponse<String> manifest(LocalCloud cloud) {
        return send(HttpRequest.newBuilder(cloud.registry().resolve("/v2/mirror/team/app/manifests/1.0"))
                .header("Accept", "application/vnd.oci.image.index.v1+json")
                .build());
    }

    private JsonNode status(LocalCloud cloud) {
        return Json.read(send(HttpRequest.newBuilder(cloud.endpoint().resolve("/_larder/status"))
                        .build())
                .body());
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
