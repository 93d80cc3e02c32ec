package dev.larder.local.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.domain.lifecycle.InUse;
import dev.larder.events.image.ImageReference;
import dev.larder.functions.inuse.DynamoDbReportedLists;
import dev.larder.functions.inuse.EcsInUse;
import dev.larder.functions.inuse.InUseSources;
import dev.larder.functions.inuse.LambdaInUse;
import dev.larder.functions.inuse.RegistryHosts;
import dev.larder.functions.inuse.ReportedInUse;
import dev.larder.functions.inuse.ReportedList;
import dev.larder.functions.inuse.ReportedLists;
import dev.larder.functions.table.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.EcsException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvalidParameterValueException;
import software.amazon.awssdk.services.lambda.model.PackageType;
import software.amazon.awssdk.services.sts.StsClient;

/** What the adapters find in use, with the SDK's clients and what the local cloud was told. */
class InUseTest {
    static final String TABLE = "cell";
    private static final String INDEX = "application/vnd.oci.image.index.v1+json";
    private static final String HOST = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/";

    @TempDir
    Path folder;

    private Options options;
    private LocalCloud cloud;
    private EcsClient ecs;
    private LambdaClient lambda;

    @BeforeEach
    void start() throws IOException {
        options = Options.temporary(SmallStack.write(folder.resolve("cdk.out"))).withData(folder.resolve("data"));
        open();
        try (EcrClient ecr = connected(EcrClient.builder(), "ann").build()) {
            ecr.createRepository(create -> create.repositoryName("team/app"));
        }
    }

    private void open() throws IOException {
        cloud = LocalCloud.start(options);
        ecs = connected(EcsClient.builder(), "ann").build();
        lambda = connected(LambdaClient.builder(), "ann").build();
    }

    @AfterEach
    void stop() throws IOException {
        ecs.close();
        lambda.close();
        cloud.close();
    }

    private <B extends AwsClientBuilder<B, C>, C> B connected(B builder, String accessKey) {
        return builder.endpointOverride(cloud.endpoint())
                .region(Region.of(cloud.region()))
                .overrideConfiguration(override -> override.retryStrategy(RetryMode.STANDARD))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, "any")));
    }

    /** An index of nothing, different each time: an image that needs no layers. */
    private String push(String tag, int content) {
        try (EcrClient ecr = connected(EcrClient.builder(), "ann").build()) {
            return ecr.putImage(put -> put.repositoryName("team/app")
                            .imageTag(tag)
                            .imageManifestMediaType(INDEX)
                            .imageManifest("{\"schemaVersion\":2,\"mediaType\":\"" + INDEX
                                    + "\",\"manifests\":[],\"annotations\":{\"content\":\"" + content + "\"}}"))
                    .image()
                    .imageId()
                    .imageDigest();
        }
    }

    private String define(String family, String... images) {
        List<ContainerDefinition> containers = IntStream.range(0, images.length)
                .mapToObj(i -> ContainerDefinition.builder()
                        .name("c" + i)
                        .image(images[i])
                        .build())
                .toList();
        return ecs.registerTaskDefinition(register -> register.family(family).containerDefinitions(containers))
                .taskDefinition()
                .taskDefinitionArn();
    }

    private RegistryHosts hosts() {
        return RegistryHosts.of(
                "111122223333/eu-central-1",
                Set.of("127.0.0.1:" + cloud.registry().getPort()));
    }

    private Map<String, String> inEcs() {
        return images(inEcs(ecs, hosts()));
    }

    private static EcsInUse inEcs(EcsClient ecs, RegistryHosts hosts) {
        return new EcsInUse(ecs, hosts, Duration.ofMinutes(5), InstantSource.system());
    }

    private Map<String, String> inLambda() {
        return images(new LambdaInUse(lambda, hosts()));
    }

    private static Map<String, String> images(InUseSources sources) {
        InUse answer = sources.now().getFirst();
        assertTrue(answer.unreadable().isEmpty(), answer.toString());
        Map<String, String> images = new TreeMap<>();
        answer.images().forEach((image, user) -> images.put(image.toString(), user));
        return images;
    }

    @Test
    void aServicesImageIsInUseAlsoWhenItIsScaledToZeroAndItsTagHasMoved() {
        ecs.createCluster(create -> create.clusterName("prod"));
        String before = push("1", 1);
        String definition = define("web", HOST + "team/app:1", "docker.io/library/redis:7");
        ecs.createService(create -> create.cluster("prod")
                .serviceName("web")
                .taskDefinition(definition)
                .desiredCount(2));
        push("1", 2);
        define("web", HOST + "team/app:2");
        assertEquals(
                Map.of(
                        "team/app:1",
                        "the service web in prod",
                        "team/app@" + before,
                        "the service web in prod",
                        "team/app:2",
                        "the newest revision of the task definition web"),
                inEcs());
        ecs.updateService(update -> update.cluster("prod").service("web").desiredCount(0));
        assertEquals(
                Map.of(
                        "team/app:1",
                        "the service web in prod, scaled to zero",
                        "team/app@" + before,
                        "the service web in prod",
                        "team/app:2",
                        "the newest revision of the task definition web"),
                inEcs());
        ecs.deleteService(delete -> delete.cluster("prod").service("web"));
        assertEquals(Map.of("team/app:2", "the newest revision of the task definition web"), inEcs());
    }

    @Test
    void aRunningTasksImageIsInUseByTagAndDigestUntilItStops() {
        ecs.createCluster(create -> create.clusterName("batch"));
        String digest = push("1", 1);
        String definition = define("job", HOST + "team/app:1");
        String task = ecs.runTask(run -> run.cluster("batch").taskDefinition(definition))
                .tasks()
                .getFirst()
                .taskArn();
        ecs.deregisterTaskDefinition(deregister -> deregister.taskDefinition(definition));
        String user = "a task of job:1 in batch";
        assertEquals(Map.of("team/app:1", user, "team/app@" + digest, user), inEcs());
        ecs.stopTask(stop -> stop.cluster("batch").task(task));
        assertEquals(Map.of(), inEcs());
    }

    @Test
    void everyPageIsReadAndAllOfItIsThereAfterARestart() throws IOException {
        ecs.createCluster(create -> create.clusterName("prod"));
        for (int i = 0; i < 105; i++) {
            String definition =
                    define("family-" + i, "127.0.0.1:" + cloud.registry().getPort() + "/team/app:t" + i);
            if (i % 5 == 0) {
                ecs.createService(create -> create.cluster("prod")
                        .serviceName("s" + definition.hashCode())
                        .taskDefinition(definition)
                        .desiredCount(0));
            }
        }
        String definition = define("many", HOST + "team/app:many");
        for (int i = 0; i < 11; i++) {
            ecs.runTask(run -> run.cluster("prod").taskDefinition(definition).count(10));
        }
        int port = cloud.registry().getPort();
        Map<String, String> before = inEcs();
        assertEquals(106, before.size(), before::toString);
        stop();
        open();
        RegistryHosts same = RegistryHosts.of("111122223333/eu-central-1", Set.of("127.0.0.1:" + port));
        assertEquals(before, images(inEcs(ecs, same)));
    }

    @Test
    void aFunctionsVersionsAreInUseAsLongAsItIsThere() {
        String first = push("1", 1);
        lambda.createFunction(create -> create.functionName("thumbs")
                .role("arn:aws:iam::111122223333:role/thumbs")
                .packageType(PackageType.IMAGE)
                .publish(true)
                .code(code -> code.imageUri(HOST + "team/app:1")));
        String second = push("1", 2);
        lambda.updateFunctionCode(update -> update.functionName("thumbs").imageUri(HOST + "team/app:1"));
        Map<String, String> inUse = inLambda();
        assertEquals(Set.of("team/app:1", "team/app@" + first, "team/app@" + second), inUse.keySet());
        assertEquals("the function thumbs, version 1", inUse.get("team/app@" + first));
        assertEquals("the function thumbs, version $LATEST", inUse.get("team/app@" + second));
        lambda.publishVersion(publish -> publish.functionName("thumbs"));
        assertEquals(inUse.keySet(), inLambda().keySet());
        lambda.deleteFunction(delete -> delete.functionName("thumbs"));
        assertEquals(Map.of(), inLambda());
    }

    @Test
    void aFunctionOfAnImageThatIsNotThereIsRefused() {
        assertThrows(
                InvalidParameterValueException.class,
                () -> lambda.createFunction(create -> create.functionName("thumbs")
                        .role("arn:aws:iam::111122223333:role/thumbs")
                        .packageType(PackageType.IMAGE)
                        .code(code -> code.imageUri(HOST + "team/app:none"))));
    }

    @Test
    void whoMayNotReadThemSaysWhichPermissionIsMissing() {
        String key;
        try (StsClient sts = connected(StsClient.builder(), "ann").build()) {
            key = sts.assumeRole(assume -> assume.roleArn("arn:aws:iam::111122223333:role/worker")
                            .roleSessionName("s"))
                    .credentials()
                    .accessKeyId();
        }
        InUse inEcs = inEcs(connected(EcsClient.builder(), key).build(), hosts())
                .now()
                .getFirst();
        assertTrue(
                inEcs.unreadable().orElseThrow().contains("is not authorized to perform: ecs:ListClusters")
                        && inEcs.unreadable().get().contains("the function's role needs ecs:ListClusters"),
                inEcs.toString());
        InUse inLambda = new LambdaInUse(connected(LambdaClient.builder(), key).build(), hosts())
                .now()
                .getFirst();
        assertTrue(
                inLambda.unreadable().orElseThrow().contains("the function's role needs lambda:ListFunctions"),
                inLambda.toString());
    }

    @Test
    void aReportedListIsInUseUntilItIsTooOld() throws IOException {
        try (DynamoDbClient dynamoDb =
                connected(DynamoDbClient.builder(), "ann").build()) {
            createTable(dynamoDb);
            ReportedLists lists = new DynamoDbReportedLists(new Table(dynamoDb, TABLE), cloud::now);
            InUseSources sources = new ReportedInUse(lists, cloud::now);
            Instant now = cloud.now();
            ImageReference image = ImageReference.parse("team/app:1");
            lists.put(new ReportedList("prod-eks", now, now.plus(Duration.ofDays(7)), 1), List.of(image));
            assertEquals(Set.of("team/app:1"), images(sources).keySet());
            cloud.advance(Duration.ofDays(7));
            InUse stale = sources.now().getFirst();
            assertTrue(stale.unreadable().orElseThrow().contains("older than 7d"), stale.toString());
        }
    }

    /** Of the shape that the adapters read and write. */
    static void createTable(DynamoDbClient dynamoDb) {
        dynamoDb.createTable(create -> create.tableName(TABLE)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(attribute("pk"), attribute("sk"))
                .keySchema(key("pk", KeyType.HASH), key("sk", KeyType.RANGE)));
    }

    private static AttributeDefinition attribute(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }

    @Test
    void whatIsNotImitatedIsRefusedByName() {
        EcsException e = assertThrows(EcsException.class, () -> ecs.listAccountSettings());
        assertTrue(e.getMessage().contains("does not have ListAccountSettings; it has [CreateCluster"), e.getMessage());
    }
}
