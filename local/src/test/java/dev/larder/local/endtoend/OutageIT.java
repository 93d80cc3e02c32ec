package dev.larder.local.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.events.image.Digest;
import dev.larder.functions.usage.RecordState;
import dev.larder.local.cloud.LocalCloud;
import dev.larder.local.cloud.Options;
import dev.larder.local.cloud.RealStacks;
import dev.larder.local.fixture.FixtureImage;
import dev.larder.local.fixture.FixtureRegistry;
import dev.larder.local.front.Json;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** What the usage record says of itself when pulls did not reach it. One cloud: each test has repositories of its own. */
class OutageIT {
    private static final String PREFIX = "mirror";
    private static final Duration REST = Duration.ofMinutes(1);

    @TempDir
    static Path folder;

    private static FixtureRegistry upstream;
    private static LocalCloud cloud;
    private static CacheTable table;
    private static RecordState state;

    @BeforeAll
    static void start() throws IOException {
        upstream = FixtureRegistry.start();
        cloud = LocalCloud.start(
                Options.temporary(RealStacks.synthesize(folder, upstream.url(), "warm: { schedule: rate(1 day) }\n")));
        table = new CacheTable(cloud.endpoint());
        state = table.state(List.of());
    }

    @AfterAll
    static void stop() throws IOException {
        if (cloud != null) {
            cloud.close();
        }
        upstream.close();
    }

    @Test
    void theRecordIsCompleteOnlySinceTheTrailWasStartedAgain() throws Exception {
        upstream.publish("team/app", "1", FixtureImage.small(1));
        Digest lost = upstream.publish("team/lost", "1", FixtureImage.small(2));
        pull("team/app");
        reconcile();
        assertEquals(Optional.of("logging"), state.trail().map(RecordState.Trail::kind));
        Instant begun = state.completeSince(PREFIX).orElseThrow();
        assertEquals(List.of(), state.gaps());
        assertEquals(List.of(), state.reconciled().orElseThrow().onlyEcr());

        CloudTrailClient trails = connected(CloudTrailClient.builder()).build();
        String trail = trails.describeTrails().trailList().getFirst().trailARN();
        trails.stopLogging(stop -> stop.name(trail));
        pull("team/lost");
        Instant pulled = cloud.now();
        reconcile();

        assertEquals(Optional.of("stopped"), state.trail().map(RecordState.Trail::kind));
        assertTrue(state.trail().orElseThrow().isMissing());
        Instant moved = state.completeSince(PREFIX).orElseThrow();
        assertTrue(moved.isAfter(pulled) && pulled.isAfter(begun), () -> moved + " after " + pulled);
        assertEquals(
                List.of(new RecordState.Gap(PREFIX, moved, trail + " is stopped")),
                state.gaps().stream().limit(1).toList());
        assertEquals(
                List.of("mirror/team/lost@" + lost),
                state.reconciled().orElseThrow().onlyEcr());
        assertEquals(Map.of(), table.pulls("mirror/team/lost:1"));

        Instant before = cloud.now();
        trails.startLogging(start -> start.name(trail));
        Instant after = cloud.now();
        pull("team/lost");
        reconcile();

        assertEquals(Optional.of("logging"), state.trail().map(RecordState.Trail::kind));
        Instant since = state.completeSince(PREFIX).orElseThrow();
        assertFalse(since.isBefore(before.minusSeconds(1)) || since.isAfter(after), () -> since + ", not " + before);
        assertEquals(trail + " was started then", state.gaps().getLast().evidence());
        assertEquals(Map.of("ann", 1), table.pulls("mirror/team/lost:1"));
    }

    @Test
    void whileAPullWaitsAmongTheDeadLettersNobodyKnowsSinceWhenTheRecordIsComplete() throws Exception {
        upstream.publish("team/waiting", "1", FixtureImage.small(1));
        pull("team/waiting");
        Instant begun = state.completeSince(PREFIX).orElseThrow();
        SqsClient sqs = connected(SqsClient.builder()).build();
        String queue =
                sqs.getQueueUrl(get -> get.queueName("platform-cache-Pulls")).queueUrl();
        String deadLetters = sqs.getQueueUrl(get -> get.queueName("platform-cache-Pulls-DeadLetters"))
                .queueUrl();

        sqs.sendMessage(send -> send.queueUrl(queue).messageBody("{\"detail-type\": broken"));
        reconcile();
        reconcile();
        assertEquals(1, state.waiting());
        assertTrue(state.waitingSince().isPresent());
        assertEquals(Optional.empty(), state.completeSince(PREFIX));

        sqs.purgeQueue(purge -> purge.queueUrl(deadLetters));
        reconcile();
        assertEquals(0, state.waiting());
        assertEquals(Optional.of(begun), state.completeSince(PREFIX));
        assertEquals(Map.of("ann", 1), table.pulls("mirror/team/waiting:1"));
    }

    /** Moves the clock to just after the next run of the schedule. */
    private static void reconcile() throws IOException, InterruptedException {
        Instant next = Instant.parse(
                Json.read(get(HttpRequest.newBuilder(cloud.endpoint().resolve("/_larder/status"))))
                        .path("schedules")
                        .path("platform-cache-UsageKeeper-Reconcile")
                        .asText());
        cloud.advance(Duration.between(cloud.now(), next).plusMinutes(1));
        assertTrue(cloud.awaitQuiet(REST));
    }

    private static void pull(String repository) throws IOException, InterruptedException {
        get(HttpRequest.newBuilder(cloud.registry().resolve("/v2/mirror/" + repository + "/manifests/1"))
                .header("Authorization", "Basic YW5uOmFueQ=="));
        assertTrue(cloud.awaitQuiet(REST));
    }

    private static String get(HttpRequest.Builder request) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            assertEquals(200, answer.statusCode(), answer::body);
            return answer.body();
        }
    }

    private static <B extends AwsClientBuilder<B, C>, C> B connected(B builder) {
        return builder.endpointOverride(cloud.endpoint())
                .region(Region.of(cloud.region()))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("operator", "any")));
    }
}
