package dev.larder.local.demo;

import dev.larder.domain.popularity.ForwardDecay;
import dev.larder.functions.bus.SqsWarmOrders;
import dev.larder.functions.bus.WarmOrders;
import dev.larder.functions.ecr.CacheInventory;
import dev.larder.functions.ecr.EcrInventory;
import dev.larder.functions.lifecycle.DynamoDbRuns;
import dev.larder.functions.lifecycle.DynamoDbTombstones;
import dev.larder.functions.lifecycle.Runs;
import dev.larder.functions.lifecycle.Undo;
import dev.larder.functions.table.DynamoDbImageRecords;
import dev.larder.functions.table.ImageRecords;
import dev.larder.functions.table.Table;
import dev.larder.functions.usage.DynamoDbUsageDays;
import dev.larder.functions.usage.DynamoDbUsageLog;
import dev.larder.functions.usage.UsageHistory;
import dev.larder.local.cloud.LocalCloud;
import dev.larder.local.cloud.Options;
import dev.larder.local.fixture.FixtureRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Where the demo plays: an upstream registry and a local cloud, which can be deployed anew on the same data. */
final class Stage implements AutoCloseable {
    /** The upstream's port, as the demo's configuration has it. */
    static final int UPSTREAM_PORT = 4568;

    private static final String NAME = "demo";
    /** As the demo's configuration has it. */
    private static final Duration HALF_LIFE = Duration.ofDays(7);

    private static final Duration SETTLING = Duration.ofSeconds(30);

    private final Path data;
    private final FixtureRegistry upstream;
    private LocalCloud cloud;

    private Stage(Path data, FixtureRegistry upstream, LocalCloud cloud) {
        this.data = data;
        this.upstream = upstream;
        this.cloud = cloud;
    }

    static Stage open(Path cdkOut, Path data) throws IOException {
        FixtureRegistry upstream = FixtureRegistry.start(UPSTREAM_PORT);
        try {
            return new Stage(data, upstream, LocalCloud.start(options(cdkOut, data)));
        } catch (IOException | RuntimeException e) {
            upstream.close();
            throw e;
        }
    }

    /** Deploys other stacks over what is there: stops the cloud and starts it on the same data. */
    void deploy(Path cdkOut) throws IOException {
        cloud.close();
        cloud = LocalCloud.start(options(cdkOut, data));
    }

    private static Options options(Path cdkOut, Path data) {
        return new Options(cdkOut, Optional.of(data), 0, 0, Optional.empty(), progress -> {}, (function, line) -> {});
    }

    FixtureRegistry upstream() {
        return upstream;
    }

    Client client(String user) {
        return new Client(cloud.registry(), user);
    }

    Instant now() {
        return cloud.now();
    }

    /** Moves the clock, with everything that is due on the way. */
    void advance(Duration by) throws IOException {
        cloud.advance(by);
    }

    /** Waits until every event has been handled. */
    void settle() throws DemoFailedException {
        DemoFailedException.unless(
                cloud.awaitQuiet(SETTLING), "the functions to be done in " + SETTLING, "them at work");
    }

    EcrClient ecr() {
        return connected(EcrClient.builder()).build();
    }

    Table table() {
        return new Table(dynamoDb(), NAME);
    }

    ImageRecords images() {
        return new DynamoDbImageRecords(dynamoDb(), NAME);
    }

    /** The usage record as it is now. */
    UsageHistory usage() {
        return new UsageHistory(
                new DynamoDbUsageDays(table()),
                new DynamoDbUsageLog(table()),
                images(),
                new ForwardDecay(HALF_LIFE),
                cloud::now);
    }

    Runs runs() {
        return new DynamoDbRuns(table());
    }

    Undo undo() {
        return new Undo(
                runs(),
                new DynamoDbTombstones(table()),
                images(),
                warmOrders(),
                () -> new EcrInventory(ecr()).repositories().map(CacheInventory.Repository::name),
                cloud::now);
    }

    private WarmOrders warmOrders() {
        SqsClient sqs = connected(SqsClient.builder()).build();
        return new SqsWarmOrders(
                sqs, sqs.getQueueUrl(get -> get.queueName(NAME + "-WarmOrders")).queueUrl());
    }

    private DynamoDbClient dynamoDb() {
        return connected(DynamoDbClient.builder()).build();
    }

    private <B extends AwsClientBuilder<B, C>, C> B connected(B builder) {
        return builder.endpointOverride(cloud.endpoint())
                .region(Region.of(cloud.region()))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("operator", "local")));
    }

    @Override
    public void close() throws IOException {
        upstream.close();
        cloud.close();
    }
}
