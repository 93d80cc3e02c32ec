package dev.larder.local.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.config.Lifecycle;
import dev.larder.config.Registry;
import dev.larder.config.Upstream;
import dev.larder.domain.popularity.ForwardDecay;
import dev.larder.events.LifecycleWork;
import dev.larder.events.WarmOrder;
import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.bus.Metrics;
import dev.larder.functions.bus.WarmOrders;
import dev.larder.functions.ecr.EcrImageCache;
import dev.larder.functions.ecr.EcrInventory;
import dev.larder.functions.ecr.EcrRepositorySettings;
import dev.larder.functions.lifecycle.DynamoDbRuns;
import dev.larder.functions.lifecycle.DynamoDbTombstones;
import dev.larder.functions.lifecycle.Eviction;
import dev.larder.functions.lifecycle.LifecyclePorts;
import dev.larder.functions.lifecycle.Objections;
import dev.larder.functions.lifecycle.Run;
import dev.larder.functions.lifecycle.SweepStart;
import dev.larder.functions.lifecycle.SweepWork;
import dev.larder.functions.lifecycle.Undo;
import dev.larder.functions.sweep.EvictionSwitch;
import dev.larder.functions.sweep.Pieces;
import dev.larder.functions.table.DynamoDbImageRecords;
import dev.larder.functions.table.Table;
import dev.larder.functions.warm.DynamoDbWarmLeases;
import dev.larder.functions.warm.Upstreams;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.BatchGetImageResponse;
import software.amazon.awssdk.services.ecr.model.DescribeImagesResponse;
import software.amazon.awssdk.services.ecr.model.DescribeRepositoryCreationTemplatesResponse;
import software.amazon.awssdk.services.ecr.model.GetLifecyclePolicyResponse;
import software.amazon.awssdk.services.ecr.model.GetRepositoryPolicyResponse;
import software.amazon.awssdk.services.ecr.model.ImageDetail;
import software.amazon.awssdk.services.ecr.model.ImageTagMutability;
import software.amazon.awssdk.services.ecr.model.RCTAppliedFor;
import software.amazon.awssdk.services.ecr.model.RepositoryCreationTemplate;

/**
 * Whole sweeps over what nobody expects in a registry, piece by piece, with the SDK's clients. Each test has an upstream of
 * its own, so that no sweep sees what another test left.
 */
class BadInputIT {
    private static final String INDEX = "application/vnd.oci.image.index.v1+json";
    private static final String THEIR_POLICY = "{\"rules\":[{\"rulePriority\":9,\"selection\":{\"tagStatus\":\"any\","
            + "\"countType\":\"imageCountMoreThan\",\"countNumber\":900},\"action\":{\"type\":\"expire\"}}]}";

    /** What the description says makes a rule Larder's. */
    private static final String OUR_POLICY =
            THEIR_POLICY.replace("\"rulePriority\":9", "\"rulePriority\":9,\"description\":\"larder: leftovers\"");

    private static final String OUR_STATEMENT = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"LarderPull\","
            + "\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"ecr:BatchGetImage\"}]}";

    @TempDir
    static Path folder;

    private static final ToldOtherwise TOLD = new ToldOtherwise();
    private static LocalCloud cloud;
    private static DynamoDbClient dynamoDb;
    private static EcrClient ecr;
    private static EcrClient functions;
    private static Table table;
    private static DynamoDbRuns runs;

    private final ArrayDeque<LifecycleWork> queue = new ArrayDeque<>();
    private Duration ahead = Duration.ofDays(40);
    private Runnable beforeEvictions = () -> {};
    private int pushed;

    @BeforeAll
    static void start() throws IOException {
        cloud = LocalCloud.start(Options.temporary(SmallStack.write(folder.resolve("cdk.out"))));
        dynamoDb = connected(DynamoDbClient.builder()).build();
        cloud.ecr().setRates(Map.of("PutImage", 10_000.0));
        ecr = connected(EcrClient.builder()).build();
        functions = connected(EcrClient.builder())
                .overrideConfiguration(override -> override.addExecutionInterceptor(TOLD))
                .build();
        InUseTest.createTable(dynamoDb);
        table = new Table(dynamoDb, InUseTest.TABLE);
        runs = new DynamoDbRuns(table);
        // a run of this version went before: the first one would have a tenth of the limits
        Run before = Run.begun("before", cloud.now(), true, "1", "", true);
        runs.begin(before);
        runs.advance(
                before.in(Run.Phase.DONE, Optional.of(1)).counting(Map.of("evicted", 1L), 1, Optional.empty()),
                Run.Phase.PLANNING);
    }

    private static <B extends AwsClientBuilder<B, C>, C> B connected(B builder) {
        return builder.endpointOverride(cloud.endpoint())
                .region(Region.of(cloud.region()))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("ann", "any")));
    }

    @AfterAll
    static void stop() throws IOException {
        functions.close();
        ecr.close();
        dynamoDb.close();
        cloud.close();
    }

    @BeforeEach
    void tellTheTruth() {
        TOLD.by(UnaryOperator.identity());
    }

    @Test
    void aRepositoryThatIsDeletedBetweenPlanAndEvictionIsPassedOverAndTheOthersGo() {
        push("gone/a", "1");
        push("gone/b", "1");
        beforeEvictions = () ->
                ecr.deleteRepository(delete -> delete.repositoryName("gone/a").force(true));
        assertEquals(Map.of("evicted", 1L), sweep("gone", true).counts());
        assertEquals(Set.of(), left("gone/b"));
    }

    @Test
    void aThousandTagsOnOneImageGoWithItAndUndoOrdersEachOfThem() {
        List<String> tags = IntStream.range(0, 1_000)
                .mapToObj(number -> String.format("%04d-", number) + "t".repeat(123))
                .toList();
        Digest image = push("tags/app", tags.getFirst());
        String content = content(0);
        tags.stream()
                .skip(1)
                .forEach(tag -> ecr.putImage(put -> put.repositoryName("tags/app")
                        .imageTag(tag)
                        .imageManifestMediaType(INDEX)
                        .imageManifest(content)));
        Run run = sweep("tags", true);
        assertEquals(Map.of("evicted", 1L), run.counts());
        assertEquals(Set.of(), left("tags/app"));
        DynamoDbTombstones tombstones = new DynamoDbTombstones(table);
        assertEquals(
                1_000,
                tombstones
                        .get(new RepositoryName("tags/app"), tags.getLast())
                        .filter(grave -> grave.digest().equals(image))
                        .orElseThrow()
                        .tags()
                        .size());
        List<WarmOrder> orders = new ArrayList<>();
        new Undo(
                        runs,
                        tombstones,
                        new DynamoDbImageRecords(dynamoDb, InUseTest.TABLE),
                        into(orders),
                        Stream::empty,
                        this::now)
                .run(run.id());
        assertEquals(
                tags.stream().map(tag -> "tags/app:" + tag).collect(Collectors.toSet()),
                orders.stream()
                        .map(order -> order.by()
                                .map(tag -> "tags/app:" + tag)
                                .orElse(order.image().toString()))
                        .collect(Collectors.toSet()));
    }

    private static WarmOrders into(List<WarmOrder> orders) {
        return new WarmOrders() {
            @Override
            public void send(List<WarmOrder> sent) {
                orders.addAll(sent);
            }

            @Override
            public void later(WarmOrder order, Duration delay) {
                throw new IllegalStateException(order + " was put off");
            }
        };
    }

    @Test
    void anIndexOfIndexesGoesFromTheOutsideIn() {
        Digest inner = push("deep/app", null);
        Digest middle = push("deep/app", null, inner);
        push("deep/app", "1", middle);
        assertEquals(Map.of("evicted", 3L), sweep("deep", true).counts());
        assertEquals(Set.of(), left("deep/app"));
    }

    @Test
    void immutableTagsAreNoObstacle() {
        ecr.createRepository(
                create -> create.repositoryName("fixed/app").imageTagMutability(ImageTagMutability.IMMUTABLE));
        push("fixed/app", "1");
        assertEquals(Map.of("evicted", 1L), sweep("fixed", true).counts());
        assertEquals(Set.of(), left("fixed/app"));
    }

    @Test
    void whatWasPushedAndPulledHoursFromNowStays() {
        Digest image = push("clock/app", "1");
        ahead = Duration.ofHours(-5);
        assertEquals(Map.of("pushed", 1L), sweep("clock", true).counts());
        ahead = Duration.ofDays(40);
        describe(detail -> detail.toBuilder()
                .lastRecordedPullTime(now().plus(Duration.ofHours(5)))
                .build());
        assertEquals(Map.of("pulled", 1L), sweep("clock", true).counts());
        assertEquals(Set.of(image), left("clock/app"));
    }

    @Test
    void whatEcrDoesNotSayOfAnImageKeepsIt() {
        Digest size = push("bare/app", "size");
        Digest date = push("bare/app", "date");
        Digest type = push("bare/app", "type");
        push("bare/app", "whole");
        describe(detail -> {
            ImageDetail.Builder bare = detail.toBuilder();
            switch (detail.imageTags().getFirst()) {
                case "size" -> bare.imageSizeInBytes(null);
                case "date" -> bare.imagePushedAt(null);
                case "type" -> bare.imageManifestMediaType(null);
                default -> {}
            }
            return bare.build();
        });
        assertEquals(Map.of("unknown", 3L, "evicted", 1L), sweep("bare", true).counts());
        assertEquals(Set.of(size, date, type), left("bare/app"));
    }

    @Test
    void whatIsOfAnUnknownMediaTypeStaysAndWhateverItMayList() {
        Digest child = push("type/app", null);
        Digest strange = push("type/app", "strange");
        push("type/app", "known");
        describe(detail -> detail.imageTags().contains("strange")
                ? detail.toBuilder()
                        .imageManifestMediaType("application/vnd.example.bundle.v1+json")
                        .build()
                : detail);
        assertEquals(
                Map.of("unknown", 1L, "maybe listed", 1L, "evicted", 1L),
                sweep("type", true).counts());
        assertEquals(Set.of(child, strange), left("type/app"));
    }

    @Test
    void whatRefersToEachOtherInACircleStays() {
        Digest one = push("circle/app", "1");
        Digest two = push("circle/app", "2");
        describe(detail -> detail.toBuilder()
                .subjectManifestDigest((detail.imageDigest().equals(one.value()) ? two : one).value())
                .build());
        assertEquals(Map.of("circle", 2L), sweep("circle", true).counts());
        assertEquals(Set.of(one, two), left("circle/app"));
    }

    @Test
    void whatIsReferredToAndNotThereKeepsNothing() {
        Digest nowhere = new Digest("sha256:" + "ab".repeat(32));
        push("missing/app", "subject");
        push("missing/app", "child");
        TOLD.by(answer -> switch (answer) {
            case DescribeImagesResponse images ->
                changed(
                        images,
                        detail -> detail.imageTags().contains("subject")
                                ? detail.toBuilder()
                                        .subjectManifestDigest(nowhere.value())
                                        .build()
                                : detail);
            case BatchGetImageResponse images ->
                images.toBuilder()
                        .images(images.images().stream()
                                .map(image -> image.toBuilder()
                                        .imageManifest(index(9, nowhere))
                                        .build())
                                .toList())
                        .build();
            default -> answer;
        });
        assertEquals(Map.of("evicted", 2L), sweep("missing", true).counts());
        assertEquals(Set.of(), left("missing/app"));
    }

    @Test
    void anIndexThatIsNotJsonStaysWithWhateverItMayList() {
        Digest child = push("torn/app", null);
        Digest torn = push("torn/app", "torn");
        TOLD.by(answer -> answer instanceof BatchGetImageResponse images
                ? images.toBuilder()
                        .images(images.images().stream()
                                .map(image ->
                                        image.toBuilder().imageManifest("{").build())
                                .toList())
                        .build()
                : answer);
        assertEquals(2L, sweep("torn", true).counts().get("unknown"));
        assertEquals(Set.of(child, torn), left("torn/app"));
    }

    @Test
    void aPolicyThatEcrRejectsIsToldAndTheSweepGoesOn() {
        push("rejected/app", "1");
        wanting("rejected", OUR_POLICY.replace("900", "0"), "{\"Statement\":[]}");
        assertEquals(
                Map.of("evicted", 1L, "drift failed", 1L),
                sweep("rejected", true).counts());
        assertEquals(Set.of(), left("rejected/app"));
    }

    @Test
    void policiesThatAreNotJsonStayAsTheyAreAndTheSweepGoesOn() {
        push("prose/app", "1");
        ecr.putLifecyclePolicy(put -> put.repositoryName("prose/app").lifecyclePolicyText(THEIR_POLICY));
        String theirs = "{\"Statement\":[{\"Sid\":\"mine\",\"Effect\":\"Allow\",\"Principal\":\"*\","
                + "\"Action\":\"ecr:PutImage\"}]}";
        ecr.setRepositoryPolicy(set -> set.repositoryName("prose/app").policyText(theirs));
        wanting("prose", OUR_POLICY, OUR_STATEMENT);
        assertEquals(
                Map.of("evicted", 1L, "drift conflicts", 2L),
                sweep("prose", true).counts());
        assertEquals(
                THEIR_POLICY,
                ecr.getLifecyclePolicy(get -> get.repositoryName("prose/app")).lifecyclePolicyText());
        assertEquals(
                theirs,
                ecr.getRepositoryPolicy(get -> get.repositoryName("prose/app")).policyText());
    }

    /** A template that wants the policies; what the repository has is told as prose. */
    private static void wanting(String prefix, String policy, String statements) {
        TOLD.by(answer -> switch (answer) {
            case DescribeRepositoryCreationTemplatesResponse templates ->
                templates.toBuilder()
                        .repositoryCreationTemplates(RepositoryCreationTemplate.builder()
                                .prefix(prefix)
                                .appliedFor(RCTAppliedFor.PULL_THROUGH_CACHE)
                                .lifecyclePolicy(policy)
                                .repositoryPolicy(statements)
                                .build())
                        .build();
            case GetLifecyclePolicyResponse found ->
                found.toBuilder().lifecyclePolicyText("see the wiki").build();
            case GetRepositoryPolicyResponse found ->
                found.toBuilder().policyText("see the wiki").build();
            default -> answer;
        });
    }

    @Test
    void aHundredThousandImagesInOneRepositoryArePlanned() {
        push("many/app", "1");
        Instant then = cloud.now();
        int[] page = {0};
        TOLD.by(answer -> {
            if (!(answer instanceof DescribeImagesResponse)) {
                return answer;
            }
            int first = page[0] * 1_000;
            page[0] = (page[0] + 1) % 100;
            return DescribeImagesResponse.builder()
                    .imageDetails(IntStream.range(first, first + 1_000)
                            .mapToObj(number -> ImageDetail.builder()
                                    .imageDigest("sha256:" + String.format("%064x", number))
                                    .imageTags("t" + number)
                                    .imageManifestMediaType("application/vnd.oci.image.manifest.v1+json")
                                    .imageSizeInBytes(1L)
                                    .imagePushedAt(then)
                                    .build())
                            .toList())
                    .nextToken(page[0] == 0 ? null : ToldOtherwise.MORE)
                    .build();
        });
        Run run = sweep("many", false);
        assertEquals(1_000L, run.counts().get("evict"), run::toString);
        assertTrue(run.stopped().isPresent(), run::toString);
    }

    private static void describe(UnaryOperator<ImageDetail> change) {
        TOLD.by(answer -> answer instanceof DescribeImagesResponse images ? changed(images, change) : answer);
    }

    private static SdkResponse changed(DescribeImagesResponse images, UnaryOperator<ImageDetail> change) {
        return images.toBuilder()
                .imageDetails(images.imageDetails().stream().map(change).toList())
                .build();
    }

    /** An index of these, different each time: an image that needs no layers. */
    private Digest push(String repository, String tag, Digest... children) {
        try {
            ecr.createRepository(create -> create.repositoryName(repository));
        } catch (software.amazon.awssdk.services.ecr.model.RepositoryAlreadyExistsException there) {
            // made by an earlier push, or by the test
        }
        String content = index(pushed++, children);
        return new Digest(ecr.putImage(put -> put.repositoryName(repository)
                        .imageTag(tag)
                        .imageManifestMediaType(INDEX)
                        .imageManifest(content))
                .image()
                .imageId()
                .imageDigest());
    }

    private static String content(int number) {
        return index(number);
    }

    private static String index(int number, Digest... children) {
        String list = java.util.Arrays.stream(children)
                .map(child -> "{\"mediaType\":\"" + INDEX + "\",\"size\":1,\"digest\":\"" + child + "\"}")
                .collect(Collectors.joining(","));
        return "{\"schemaVersion\":2,\"mediaType\":\"" + INDEX + "\",\"manifests\":[" + list
                + "],\"annotations\":{\"number\":\"" + number + "\"}}";
    }

    private static Set<Digest> left(String repository) {
        Set<Digest> left = new HashSet<>();
        ecr.describeImagesPaginator(describe -> describe.repositoryName(repository))
                .imageDetails()
                .forEach(image -> left.add(new Digest(image.imageDigest())));
        return left;
    }

    private Instant now() {
        return cloud.now().plus(ahead);
    }

    private Run sweep(String prefix, boolean enforce) {
        List<Upstream> upstreams = List.of(new Upstream(
                prefix, Registry.CUSTOM, "http://127.0.0.1:9", Optional.empty(), List.of(), Optional.empty()));
        Duration unused = Duration.ofDays(30);
        Eviction eviction = Eviction.of(
                new Lifecycle(
                        enforce,
                        "rate(1 day)",
                        new Lifecycle.Evict(
                                unused,
                                unused,
                                unused,
                                0,
                                List.of(),
                                false,
                                new Lifecycle.Limits(1_000, 1_000_000_000, 100, 100)),
                        List.of(),
                        List.of()),
                upstreams,
                List.of());
        EcrInventory inventory = new EcrInventory(functions);
        Instant at = now();
        String id = prefix + at;
        LifecyclePorts ports = ports(inventory);
        new SweepStart(inventory, runs, ports.pieces(), ports.queue(), eviction, "1").start(id, at);
        SweepWork work = new SweepWork(ports, eviction, new Upstreams(upstreams), new ForwardDecay(Duration.ofDays(7)));
        Metrics metrics = new Metrics("LifecycleWorker", line -> {});
        boolean selected = false;
        while (!queue.isEmpty()) {
            LifecycleWork piece = queue.removeFirst();
            if (piece instanceof LifecycleWork.Evict && !selected) {
                selected = true;
                beforeEvictions.run();
            }
            work.carryOut(piece, metrics);
        }
        Run run = runs.get(id, at).orElseThrow();
        assertEquals(Run.Phase.DONE, run.phase(), run::toString);
        return run;
    }

    private LifecyclePorts ports(EcrInventory inventory) {
        return new LifecyclePorts(
                inventory,
                new EcrImageCache(functions),
                new DynamoDbImageRecords(dynamoDb, InUseTest.TABLE),
                repository -> Map.of(),
                repository -> Optional.of(Instant.EPOCH),
                List::of,
                (_, _, _, _) -> Objections.Asked.NOTHING,
                new EcrRepositorySettings(functions),
                new DynamoDbWarmLeases(table),
                runs,
                new Pieces(table),
                new DynamoDbTombstones(table),
                new EvictionSwitch(table),
                (pieces, delay) -> queue.addAll(pieces),
                events -> {},
                this::now);
    }
}
