package dev.larder.local.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.domain.upstream.KnownTags;
import dev.larder.events.WarmOrder;
import dev.larder.events.WarmReason;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import dev.larder.functions.bus.SqsWarmOrders;
import dev.larder.functions.table.DynamoDbImageRecords;
import dev.larder.functions.table.ImageRecords;
import dev.larder.functions.table.Table;
import dev.larder.functions.table.TaggedImage;
import dev.larder.functions.table.Warmth;
import dev.larder.functions.upstream.DynamoDbUpstreamTags;
import dev.larder.functions.warm.DynamoDbWarmLeases;
import dev.larder.functions.warm.WarmEnding;
import dev.larder.functions.warm.WarmProgress;
import dev.larder.local.cloud.LocalCloud;
import dev.larder.local.cloud.Options;
import dev.larder.local.cloud.RealStacks;
import dev.larder.local.fixture.FixtureImage;
import dev.larder.local.programs.DockerRegistry;
import dev.larder.local.programs.NeedsPrograms;
import dev.larder.local.programs.Program;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Orders through the deployed queue and worker, with docker-registry for an upstream. Each test has a repository of its own. */
@NeedsPrograms({"docker-registry", "skopeo"})
class WarmWorkerIT {
    private static final Duration REST = Duration.ofMinutes(1);
    private static final int PULLERS = 2;

    @TempDir
    static Path folder;

    private static DockerRegistry upstream;
    private static LocalCloud cloud;
    private static CacheTable table;
    private static Table records;
    private static SqsClient sqs;
    private static int orders;

    @BeforeAll
    static void start() throws Exception {
        upstream = DockerRegistry.start(Files.createDirectory(folder.resolve("upstream")));
        cloud = LocalCloud.start(Options.temporary(RealStacks.synthesize(
                folder,
                "http://" + upstream.authority(),
                "warm: { schedule: rate(1 day), platforms: [linux/amd64] }\n")));
        table = new CacheTable(cloud.endpoint());
        records = table.table();
        sqs = SqsClient.builder()
                .endpointOverride(cloud.endpoint())
                .region(Region.of(cloud.region()))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("operator", "any")))
                .build();
    }

    @AfterAll
    static void stop() throws IOException {
        if (sqs != null) {
            sqs.close();
        }
        if (cloud != null) {
            cloud.close();
        }
        if (upstream != null) {
            upstream.close();
        }
    }

    @Test
    void aDigestPinIsWarmedByWayOfATagAndServedByItsDigest() throws Exception {
        Digest digest = upstream.publish("team/pinned", "1", FixtureImage.small(1));
        assertEquals(404, manifest("team/pinned", digest.value()), "a first pull by digest imports nothing");

        WarmEnding ending = order("mirror/team/pinned@" + digest, Optional.of("1"), false);

        assertEquals(WarmEnding.Outcome.WARMED, ending.outcome(), ending::toString);
        Warmth warmth = images().warmth(new Digested(new RepositoryName("mirror/team/pinned"), digest));
        assertTrue(warmth.warmedAt().isPresent());
        assertEquals(Optional.empty(), warmth.unverified());
        List<String> before = upstream.requests();
        assertEquals(200, manifest("team/pinned", digest.value()));
        assertEquals(before, upstream.requests());
        assertEquals(0, table.cold("mirror/team/pinned:1"), "nobody waited, and the import is not taken for a user's");
    }

    @Test
    void aDigestThatNoTagPointsAtFailsAndSaysWhatToDo() throws Exception {
        Digest old = upstream.publish("team/gone", "1", FixtureImage.small(2));
        upstream.publish("team/gone", "1", FixtureImage.small(3));
        WarmEnding ending = order("mirror/team/gone@" + old, Optional.of("1"), false);
        assertEquals(WarmEnding.Outcome.FAILED, ending.outcome());
        assertEquals("NoTagOfDigest", ending.failure().orElseThrow().code());
    }

    @Test
    void aRefreshOfATagThatDidNotMoveIsOneRequest() throws Exception {
        upstream.publish("team/still", "1", FixtureImage.small(4));
        order("mirror/team/still:1", Optional.empty(), false);
        int before = upstream.requests().size();
        assertEquals(
                WarmEnding.Outcome.WARMED,
                order("mirror/team/still:1", Optional.empty(), true).outcome());
        assertEquals(1, upstream.requests().size() - before);
    }

    @Test
    void noPullFailsWhileATagIsMovedByAnotherTag() throws Exception {
        moving("team/sibling", true);
        assertTrue(
                images().tagged(tagged("mirror/team/sibling:1.3"))
                        .flatMap(TaggedImage::digest)
                        .isPresent(),
                "it came by the exact tag");
    }

    @Test
    void noPullFailsWhileATagIsTakenOffAndAskedFor() throws Exception {
        moving("team/alone", false);
    }

    /** Moves a tag three times at the upstream and refreshes it each time, while clients pull it all along. */
    private static void moving(String repository, boolean exactTags) throws Exception {
        upstream.publish(repository, "1", FixtureImage.small(10));
        order("mirror/" + repository + ":1", Optional.empty(), false);
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger pulls = new AtomicInteger();
        try (ExecutorService threads = Executors.newFixedThreadPool(PULLERS)) {
            List<Future<?>> pulling = new ArrayList<>();
            for (int i = 0; i < PULLERS; i++) {
                pulling.add(threads.submit(() -> {
                    while (!over.get()) {
                        pull(repository, pulls.incrementAndGet());
                    }
                    return true;
                }));
            }
            try {
                for (int version = 1; version <= 3; version++) {
                    moveAndRefresh(repository, version, exactTags);
                }
            } finally {
                over.set(true);
            }
            for (Future<?> each : pulling) {
                each.get();
            }
        }
        assertTrue(pulls.get() >= 3, () -> pulls + " pulls");
    }

    private static void moveAndRefresh(String repository, int version, boolean exactTags) throws Exception {
        FixtureImage image = FixtureImage.small(10 + version);
        if (exactTags) {
            upstream.publish(repository, "1." + version, image);
            new DynamoDbUpstreamTags(records, cloud::now)
                    .keep(new KnownTags(
                            new RepositoryName("mirror/" + repository),
                            Map.of(
                                    new Tag("1." + version),
                                    new KnownTags.Seen(cloud.now(), Optional.empty(), Optional.empty())),
                            Optional.of(cloud.now()),
                            Optional.empty()));
        }
        Digest moved = upstream.publish(repository, "1", image);
        WarmEnding ending = order("mirror/" + repository + ":1", Optional.empty(), true);
        assertEquals(WarmEnding.Outcome.WARMED, ending.outcome(), ending::toString);
        Tagged tag = tagged("mirror/" + repository + ":1");
        assertEquals(Optional.of(moved), images().tagged(tag).flatMap(TaggedImage::digest));
        assertEquals(Optional.empty(), images().warmth(tag).unverified());
    }

    private static void pull(String repository, int number) throws IOException, InterruptedException {
        Program.succeed(
                "skopeo",
                "--insecure-policy",
                "copy",
                "--override-arch=amd64",
                "--src-tls-verify=false",
                "docker://" + cloud.registry().getAuthority() + "/mirror/" + repository + ":1",
                "dir:" + folder.resolve(repository.replace('/', '-') + "-" + number));
    }

    private static WarmEnding order(String image, Optional<String> by, boolean refresh) throws Exception {
        Instant now = cloud.now();
        WarmOrder order = new WarmOrder(
                "order-" + ++orders,
                ImageReference.parse(image),
                by.map(Tag::new),
                WarmReason.MANUAL,
                List.of(),
                refresh,
                refresh,
                now,
                now);
        String queue = sqs.getQueueUrl(get -> get.queueName("platform-cache-WarmOrders"))
                .queueUrl();
        new SqsWarmOrders(sqs, queue).send(List.of(order));
        Instant end = Instant.now().plus(REST);
        while (Instant.now().isBefore(end)) {
            Optional<WarmEnding> ending = new DynamoDbWarmLeases(records)
                    .progress(order.image())
                    .filter(lease -> lease.orderId().equals(order.orderId()))
                    .flatMap(WarmProgress::ending);
            if (ending.isPresent()) {
                return ending.get();
            }
            Thread.sleep(50);
        }
        throw new AssertionError("no end of " + order + " after " + REST);
    }

    private static int manifest(String repository, String reference) throws IOException, InterruptedException {
        URI address = cloud.registry().resolve("/v2/mirror/" + repository + "/manifests/" + reference);
        try (HttpClient http = HttpClient.newHttpClient()) {
            int status = http.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            assertTrue(cloud.awaitQuiet(REST));
            return status;
        }
    }

    private static Tagged tagged(String image) {
        return (Tagged) ImageReference.parse(image);
    }

    private static ImageRecords images() {
        return new DynamoDbImageRecords(records);
    }
}
