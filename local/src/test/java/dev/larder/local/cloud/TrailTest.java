package dev.larder.local.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.larder.functions.usage.CloudTrailTrails;
import dev.larder.functions.usage.TrailState;
import dev.larder.local.front.Json;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudtrail.model.EventSelector;
import software.amazon.awssdk.services.ecr.EcrClient;

/** What a trail decides, with the SDK's clients and the adapter that the functions have. */
class TrailTest {
    private static final String NAME = "management-events";
    private static final String INDEX = "application/vnd.oci.image.index.v1+json";

    @TempDir
    Path folder;

    private Options options;
    private LocalCloud cloud;
    private CloudTrailClient trail;

    @BeforeEach
    void start() throws IOException {
        options = Options.temporary(SmallStack.write(folder.resolve("cdk.out")));
        open(options);
    }

    private void open(Options with) throws IOException {
        cloud = LocalCloud.start(with);
        trail = connected(CloudTrailClient.builder()).build();
    }

    @AfterEach
    void stop() throws IOException {
        trail.close();
        cloud.close();
    }

    @Test
    void pullsReachTheBusOnlyWhileATrailLogsReads() throws Exception {
        image();
        pull();
        assertEquals(List.of("BatchGetImage"), reads());

        trail.stopLogging(stop -> stop.name(NAME));
        pull();
        assertEquals(List.of("BatchGetImage"), reads());

        trail.startLogging(start -> start.name(NAME));
        select("WriteOnly");
        pull();
        assertEquals(List.of("BatchGetImage"), reads());

        select("ReadOnly");
        pull();
        assertEquals(List.of("BatchGetImage", "BatchGetImage"), reads());
    }

    @Test
    void ecrsOwnEventsNeedNoTrail() {
        trail.stopLogging(stop -> stop.name(NAME));
        image();
        assertEquals(
                List.of("ECR Image Action"),
                events().map(event -> event.path("detail-type").asText()).toList());
    }

    @Test
    void theAdapterTellsTheFourStatesApart() throws IOException {
        CloudTrailTrails trails = new CloudTrailTrails(trail);
        String arn = "arn:aws:cloudtrail:eu-central-1:111122223333:trail/" + NAME;
        TrailState.Logging logging = assertInstanceOf(TrailState.Logging.class, trails.read());
        assertEquals(arn, logging.trail());
        assertTrue(Duration.between(logging.since(), cloud.now()).compareTo(Duration.ofMinutes(5)) < 0, "" + logging);

        Instant before = cloud.advance(Duration.ofHours(2)).truncatedTo(ChronoUnit.MILLIS);
        trail.stopLogging(stop -> stop.name(NAME));
        TrailState.Stopped stopped = assertInstanceOf(TrailState.Stopped.class, trails.read());
        assertEquals(arn, stopped.trail());
        assertTrue(!stopped.since().orElseThrow().isBefore(before), stopped + " before " + before);

        select("WriteOnly");
        assertEquals(new TrailState.None(), trails.read());

        trail.createTrail(create -> create.name("mine").s3BucketName("logs"));
        assertEquals(new TrailState.Stopped(arn.replace(NAME, "mine"), Optional.empty()), trails.read());

        cloud.close();
        assertInstanceOf(TrailState.Unreadable.class, trails.read());
    }

    @Test
    void anAccountWithoutATrailSaysSoAndStaysSo() throws Exception {
        stop();
        Options without = options.withData(folder.resolve("data")).withoutTrail();
        open(without);
        assertEquals(new TrailState.None(), new CloudTrailTrails(trail).read());
        image();
        pull();
        assertEquals(List.of(), reads());
        stop();
        open(options.withData(folder.resolve("data")));
        assertEquals(new TrailState.None(), new CloudTrailTrails(trail).read());
    }

    private void select(String readWriteType) {
        EventSelector selector =
                EventSelector.builder().readWriteType(readWriteType).build();
        trail.putEventSelectors(put -> put.trailName(NAME).eventSelectors(selector));
    }

    /** An index of nothing: an image that needs no layers. */
    private void image() {
        try (EcrClient ecr = connected(EcrClient.builder()).build()) {
            ecr.createRepository(create -> create.repositoryName("team/app"));
            ecr.putImage(put -> put.repositoryName("team/app")
                    .imageTag("1")
                    .imageManifestMediaType(INDEX)
                    .imageManifest("{\"schemaVersion\":2,\"mediaType\":\"" + INDEX + "\",\"manifests\":[]}"));
        }
    }

    private void pull() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(cloud.registry().resolve("/v2/team/app/manifests/1"))
                .header("Accept", INDEX)
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            assertEquals(200, answer.statusCode(), answer.body());
        }
    }

    /** The names of the read-only calls on the bus. */
    private List<String> reads() {
        return events().filter(event -> event.at("/detail/readOnly").asBoolean())
                .map(event -> event.at("/detail/eventName").asText())
                .toList();
    }

    private Stream<JsonNode> events() {
        return cloud.events().remembered().stream().map(Json::read);
    }

    private <B extends AwsClientBuilder<B, C>, C> B connected(B builder) {
        return builder.endpointOverride(cloud.endpoint())
                .region(Region.of(cloud.region()))
                .overrideConfiguration(override -> override.retryStrategy(RetryMode.STANDARD))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("ann", "any")));
    }
}
