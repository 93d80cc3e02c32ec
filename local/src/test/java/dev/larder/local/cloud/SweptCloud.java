package dev.larder.local.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.larder.config.Lifecycle;
import dev.larder.config.Registry;
import dev.larder.config.Upstream;
import dev.larder.domain.popularity.ForwardDecay;
import dev.larder.events.LifecycleWork;
import dev.larder.events.image.Digest;
import dev.larder.functions.bus.Metrics;
import dev.larder.functions.ecr.EcrImageCache;
import dev.larder.functions.ecr.EcrInventory;
import dev.larder.functions.ecr.EcrRepositorySettings;
import dev.larder.functions.lifecycle.DynamoDbRuns;
import dev.larder.functions.lifecycle.DynamoDbTombstones;
import dev.larder.functions.lifecycle.Eviction;
import dev.larder.functions.lifecycle.KeptGroups;
import dev.larder.functions.lifecycle.LifecyclePorts;
import dev.larder.functions.lifecycle.Objections;
import dev.larder.functions.lifecycle.Run;
import dev.larder.functions.lifecycle.SweepStart;
import dev.larder.functions.lifecycle.SweepWork;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.DescribeImagesResponse;
import software.amazon.awssdk.services.ecr.model.ImageDetail;

/** A cloud over which whole sweeps go, with the SDK's clients. Each test has an upstream of its own. */
abstract class SweptCloud {
    static final String INDEX = "application/vnd.oci.image.index.v1+json";

    @TempDir
    static Path folder;

    static final ToldOtherwise TOLD = new ToldOtherwise();
    static LocalCloud cloud;
    static DynamoDbClient dynamoDb;
    static EcrClient ecr;
    static EcrClient functions;
    static Table table;
    static DynamoDbRuns runs;
    final ArrayDeque<LifecycleWork> queue = new ArrayDeque<>();

    Duration ahead = Duration.ofDays(40);

    Runnable beforeEvictions = () -> {};

    int pushed;

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

    static <B extends AwsClientBuilder<B, C>, C> B connected(B builder) {
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

    static void describe(UnaryOperator<ImageDetail> change) {
        TOLD.by(answer -> answer instanceof DescribeImagesResponse images ? changed(images, change) : answer);
    }

    static SdkResponse changed(DescribeImagesResponse images, UnaryOperator<ImageDetail> change) {
        return images.toBuilder()
                .imageDetails(images.imageDetails().stream().map(change).toList())
                .build();
    }

    /** An index of these, different each time: an image that needs no layers. */
    Digest push(String repository, String tag, Digest... children) {
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

    static String content(int number) {
        return index(number);
    }

    static String index(int number, Digest... children) {
        String list = java.util.Arrays.stream(children)
                .map(child -> "{\"mediaType\":\"" + INDEX + "\",\"size\":1,\"digest\":\"" + child + "\"}")
                .collect(Collectors.joining(","));
        return "{\"schemaVersion\":2,\"mediaType\":\"" + INDEX + "\",\"manifests\":[" + list
                + "],\"annotations\":{\"number\":\"" + number + "\"}}";
    }

    static Set<Digest> left(String repository) {
        Set<Digest> left = new HashSet<>();
        ecr.describeImagesPaginator(describe -> describe.repositoryName(repository))
                .imageDetails()
                .forEach(image -> left.add(new Digest(image.imageDigest())));
        return left;
    }

    Instant now() {
        return cloud.now().plus(ahead);
    }

    Run sweep(String prefix, boolean enforce) {
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

    LifecyclePorts ports(EcrInventory inventory) {
        return new LifecyclePorts(
                inventory,
                new EcrImageCache(functions),
                new DynamoDbImageRecords(dynamoDb, InUseTest.TABLE),
                repository -> Map.of(),
                repository -> Optional.of(Instant.EPOCH),
                List::of,
                (_, _, _, _) -> Objections.Asked.NOTHING,
                repository -> Map.of(),
                new KeptGroups(table),
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
