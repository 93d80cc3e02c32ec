package dev.larder.local.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.domain.desired.Drift;
import dev.larder.events.LifecycleWork;
import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.desired.Guards;
import dev.larder.functions.desired.RepositoryReconciliation;
import dev.larder.functions.ecr.EcrRepositorySettings;
import dev.larder.functions.ecr.RepositorySettings.Current;
import dev.larder.functions.sweep.SqsLifecycleQueue;
import dev.larder.local.cloud.LocalCloud;
import dev.larder.local.cloud.Options;
import dev.larder.local.cloud.RealStacks;
import dev.larder.local.fixture.FixtureImage;
import dev.larder.local.fixture.FixtureRegistry;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.ImageTagMutability;
import software.amazon.awssdk.services.ecr.model.LifecyclePolicyNotFoundException;
import software.amazon.awssdk.services.ecr.model.Tag;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The settings of cached repositories, by events and by sweeps. One cloud: each test has a repository of its own. */
class DesiredStateIT {
    private static final Duration REST = Duration.ofMinutes(1);
    private static final String THEIR_RULE =
            "{\"rulePriority\":9,\"description\":\"mine\",\"selection\":{\"tagStatus\":\"any\",\"countType\":"
                    + "\"imageCountMoreThan\",\"countNumber\":900},\"action\":{\"type\":\"expire\"}}";
    private static final String THEIR_STATEMENT =
            "{\"Sid\":\"mine\",\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"ecr:PutImage\"}";

    @TempDir
    static Path folder;

    private static FixtureRegistry upstream;
    private static LocalCloud cloud;
    private static EcrClient ecr;
    private static EcrRepositorySettings settings;

    @BeforeAll
    static void start() throws IOException {
        upstream = FixtureRegistry.start();
        cloud = LocalCloud.start(Options.temporary(RealStacks.synthesize(folder, upstream.url(), """
                warm: { schedule: rate(1 day) }
                lifecycle: { enforce: true, schedule: rate(1 day) }
                repositories:
                  expire: [{ tags: ["pr-*"], moreThan: 1 }]
                  policy: [{ Sid: Pull, Effect: Allow, Principal: "*", Action: "ecr:BatchGetImage" }]
                  tags: { team: platform }
                  scanOnPush: true
                  tagMutability: { tags: mutable, except: ["v*"] }
                """)));
        ecr = connected(EcrClient.builder()).build();
        settings = new EcrRepositorySettings(ecr);
    }

    @AfterAll
    static void stop() throws IOException {
        if (cloud != null) {
            cloud.close();
        }
        upstream.close();
    }

    @Test
    void aRepositoryThatSomebodyCreatesIsRightAfterTheEvent() throws Exception {
        String created = "mirror/team/created";
        ecr.createRepository(create -> create.repositoryName(created));
        assertTrue(cloud.awaitQuiet(REST));
        isAsWanted(created);
    }

    @Test
    void aRepositoryThatAPullCreatesIsRightFromTheStartAndScannedAfterTheEvent() throws Exception {
        upstream.publish("team/pulled", "1", FixtureImage.small(1));
        pull("team/pulled", "1");
        isAsWanted("mirror/team/pulled");
    }

    @Test
    void withoutTheEventTheSweepRepairsAndWhatPeopleMadeStays() throws Exception {
        String old = "mirror/team/old";
        CloudTrailClient trails = connected(CloudTrailClient.builder()).build();
        String trail = trails.describeTrails().trailList().getFirst().trailARN();
        trails.stopLogging(stop -> stop.name(trail));
        ecr.createRepository(create -> create.repositoryName(old)
                .imageTagMutability(ImageTagMutability.IMMUTABLE)
                .tags(List.of(tag("owner", "ann"))));
        ecr.putLifecyclePolicy(put -> put.repositoryName(old).lifecyclePolicyText("{\"rules\":[" + THEIR_RULE + "]}"));
        ecr.setRepositoryPolicy(set -> set.repositoryName(old).policyText("{\"Statement\":" + THEIR_STATEMENT + "}"));
        assertTrue(cloud.awaitQuiet(REST));
        trails.startLogging(start -> start.name(trail));
        assertEquals(Map.of("owner", "ann"), state(old).tags());

        sweep();
        isAsWanted(old);
        isKept(old);

        ecr.setRepositoryPolicy(set -> set.repositoryName(old).policyText("{\"Statement\":[" + THEIR_STATEMENT + "]}"));
        ecr.putImageScanningConfiguration(
                put -> put.repositoryName(old).imageScanningConfiguration(scanning -> scanning.scanOnPush(false)));
        ecr.tagResource(tag -> tag.resourceArn(state(old).description().arn()).tags(List.of(tag("team", "other"))));
        sweep();
        isAsWanted(old);
        isKept(old);
    }

    @Test
    void aPreviewThatWasSeenRunningIsPutByTheWorkerWithoutASweep() throws Exception {
        String slow = "mirror/team/slow";
        ecr.createRepository(create -> create.repositoryName(slow));
        assertTrue(cloud.awaitQuiet(REST));
        String wanted = state(slow).lifecyclePolicy().orElseThrow();
        ecr.deleteLifecyclePolicy(delete -> delete.repositoryName(slow));
        assertTrue(settings.startPreview(new RepositoryName(slow), wanted));
        try (SqsClient sqs = connected(SqsClient.builder()).build()) {
            String queue = sqs.getQueueUrl(get -> get.queueName("platform-cache-LifecycleWork"))
                    .queueUrl();
            new SqsLifecycleQueue(sqs, queue)
                    .send(
                            List.of(new LifecycleWork.Reconcile(
                                    "r1", Instant.now(), new RepositoryName(slow), 1, Instant.now())),
                            Duration.ofSeconds(1));
            // the delay is by the cloud's clock
            cloud.advance(Duration.ofSeconds(2));
            assertTrue(cloud.awaitQuiet(REST));
        }
        isAsWanted(slow);
    }

    @Test
    void aPolicyThatWouldExpireAPinnedImageIsKeptOffAndTold() throws Exception {
        Digest older = upstream.publish("team/pinned", "pr-1", FixtureImage.small(1));
        upstream.publish("team/pinned", "pr-2", FixtureImage.small(2));
        pull("team/pinned", "pr-1");
        String pinned = "mirror/team/pinned";
        ecr.deleteLifecyclePolicy(delete -> delete.repositoryName(pinned));
        cloud.advance(Duration.ofMinutes(1));
        pull("team/pinned", "pr-2");

        sweep();
        assertThrows(
                LifecyclePolicyNotFoundException.class,
                () -> ecr.getLifecyclePolicy(get -> get.repositoryName(pinned)));
        List<Drift> told = reconciliation((repository, digests) -> Map.of(older, "pinned"))
                .reconcile(new RepositoryName(pinned), true);
        assertEquals(1, told.size(), told::toString);
        assertTrue(
                told.getFirst().text().endsWith("withheld, as it would expire " + older + " (kept: pinned)"),
                told.getFirst().text());

        List<Drift> repaired = reconciliation((repository, digests) -> {
                    assertEquals(List.of(older), List.copyOf(digests));
                    return Map.of();
                })
                .reconcile(new RepositoryName(pinned), true);
        assertTrue(
                repaired.getFirst().text().endsWith("; repaired"),
                repaired.getFirst().text());
        isAsWanted(pinned);
    }

    private static RepositoryReconciliation reconciliation(Guards guards) {
        return new RepositoryReconciliation(
                settings, guards, Optional::empty, RepositoryReconciliation.BRIEF, pause -> {}, InstantSource.system());
    }

    private static void isAsWanted(String repository) {
        Current state = state(repository);
        assertEquals("platform", state.tags().get("team"));
        assertEquals("larder", state.tags().get("managed-by"));
        assertTrue(state.description().scanOnPush());
        assertEquals(
                "MUTABLE_WITH_EXCLUSION of v*",
                state.description().tagMutability().toString());
        assertTrue(state.lifecyclePolicy().orElseThrow().contains("larder: images tagged pr-*"));
        assertTrue(state.repositoryPolicy().orElseThrow().contains("LarderPull"));
        assertEquals(List.of(), reconciliation(Guards.OF_ALL).reconcile(new RepositoryName(repository), false));
    }

    private static void isKept(String repository) {
        Current state = state(repository);
        assertEquals("ann", state.tags().get("owner"));
        assertTrue(state.lifecyclePolicy().orElseThrow().contains(THEIR_RULE), state::toString);
        assertTrue(state.repositoryPolicy().orElseThrow().contains(THEIR_STATEMENT), state::toString);
    }

    private static Current state(String repository) {
        RepositoryName name = new RepositoryName(repository);
        return settings.read(name, settings.describe(List.of(name)).getFirst().description())
                .orElseThrow();
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    private static void sweep() throws IOException, InterruptedException {
        cloud.advance(Duration.ofDays(1).plusMinutes(1));
        assertTrue(cloud.awaitQuiet(REST));
    }

    private static void pull(String repository, String tag) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(cloud.registry().resolve("/v2/mirror/" + repository + "/manifests/" + tag))
                            .header("Authorization", "Basic YW5uOmFueQ==")
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertEquals(200, answer.statusCode(), answer::body);
        }
        assertTrue(cloud.awaitQuiet(REST));
    }

    private static <B extends AwsClientBuilder<B, C>, C> B connected(B builder) {
        return builder.endpointOverride(cloud.endpoint())
                .region(Region.of(cloud.region()))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("operator", "any")));
    }
}
