package dev.larder.cli;

import dev.larder.config.ConfigFile;
import dev.larder.config.InvalidConfigException;
import dev.larder.config.LarderConfig;
import dev.larder.config.Target;
import dev.larder.domain.usage.Caller;
import dev.larder.domain.usage.EventHash;
import dev.larder.domain.usage.Fact;
import dev.larder.domain.usage.LogHour;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.functions.table.Key;
import dev.larder.functions.table.Table;
import dev.larder.functions.table.Values;
import dev.larder.functions.usage.DynamoDbUsageDays;
import dev.larder.functions.usage.DynamoDbUsageLog;
import dev.larder.functions.usage.DynamoDbUsageSummaries;
import dev.larder.functions.usage.RecordState;
import dev.larder.functions.usage.RecordState.Reconciled;
import dev.larder.functions.usage.RecordState.Trail;
import dev.larder.functions.usage.UsageRollup;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.dynamodb.services.local.embedded.DynamoDBEmbedded;
import software.amazon.dynamodb.services.local.shared.access.AmazonDynamoDBLocal;

/** A cell with the real record on DynamoDB Local, and an ECR that says what it is told. */
final class RecordedCell implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-24T10:20:00Z");
    static final LocalDate FROM = LocalDate.parse("2026-10-25");
    static final String NODE = "arn:aws:iam::111122223333:role/node";
    static final String CI = "arn:aws:iam::111122223333:role/ci";
    private static final String CONFIG = """
            name: test
            cells:
              - { account: "111122223333", region: eu-central-1 }
            upstreams:
              quay: { registry: quay }
            usage:
              teams:
                build: ["arn:aws:iam::111122223333:role/ci"]
            """;

    private final AmazonDynamoDBLocal local = DynamoDBEmbedded.create();
    final ToldEcr ecr = new ToldEcr();
    final OperatedCell operated;
    private int events;

    RecordedCell(Path folder) throws IOException, InvalidConfigException {
        this(folder, CONFIG);
    }

    /** A cell of another file, of the same name. */
    RecordedCell(Path folder, String text) throws IOException, InvalidConfigException {
        Path file = Files.writeString(folder.resolve("larder.yaml"), text);
        LarderConfig config = ConfigFile.load(file, Target.LOCAL);
        DynamoDbClient client = local.dynamoDbClient();
        client.createTable(table -> table.tableName("test")
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                        attribute("pk", ScalarAttributeType.S),
                        attribute("sk", ScalarAttributeType.S),
                        attribute("popularityOf", ScalarAttributeType.S),
                        attribute("popularity", ScalarAttributeType.N))
                .keySchema(keys("pk", "sk"))
                .globalSecondaryIndexes(GlobalSecondaryIndex.builder()
                        .indexName("popularity")
                        .keySchema(keys("popularityOf", "popularity"))
                        .projection(projection -> projection.projectionType(ProjectionType.ALL))
                        .build()));
        operated = new OperatedCell(
                config, config.cells().getFirst(), client, new NoQueues(), ecr, hosts -> List.of(), () -> NOW);
        // recording began long ago; since when it is complete is for each test to say
        table().update(
                        Key.usageSince("quay"),
                        "SET begunAt = :at",
                        Map.of(":at", Values.instant(Instant.parse("2026-10-20T00:00:00Z"))));
    }

    private static AttributeDefinition attribute(String name, ScalarAttributeType type) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(type)
                .build();
    }

    private static List<KeySchemaElement> keys(String hash, String range) {
        return List.of(
                KeySchemaElement.builder()
                        .attributeName(hash)
                        .keyType(KeyType.HASH)
                        .build(),
                KeySchemaElement.builder()
                        .attributeName(range)
                        .keyType(KeyType.RANGE)
                        .build());
    }

    Table table() {
        return operated.table();
    }

    RecordState state() {
        return operated.usage().state();
    }

    /** The record has been checked right now, and is complete since then. */
    void complete(Instant since) {
        state().begin(since);
        state().trail(new Trail("logging", "arn:trail logs pulls since then", NOW));
        state().waiting(0, NOW);
        state().reconciled(new Reconciled(NOW, 0, List.of(), List.of()));
    }

    /** Pulls, or tries to. */
    void pull(String image, String principal, String time, Optional<String> error) {
        Instant at = Instant.parse(time);
        log(at, new Fact.Fetch(ImageReference.parse(image), Caller.of(principal), nextEvent(), at, true, error));
    }

    void pull(String image, String principal, String time) {
        pull(image, principal, time, Optional.empty());
    }

    /** ECR goes upstream for an image. */
    void sync(String image, String time) {
        Instant at = Instant.parse(time);
        log(at, new Fact.Sync((Tagged) ImageReference.parse(image), nextEvent(), at, Optional.empty()));
    }

    private EventHash nextEvent() {
        return EventHash.of("event " + ++events);
    }

    private void log(Instant at, Fact fact) {
        new DynamoDbUsageLog(table()).append(LogHour.of(at), List.of(fact), at);
    }

    /** Closes the days that are over at that time. */
    void rollUp(String time) {
        new UsageRollup(
                        new DynamoDbUsageLog(table()),
                        new DynamoDbUsageDays(table()),
                        new DynamoDbUsageSummaries(table()),
                        operated.usage().figures(),
                        operated.images(),
                        operated.usage().decay())
                .rollUp(Instant.parse(time));
    }

    ImageUsage usage(String image) {
        return new ImageUsageReading(operated.usage(), new EcrWitness(ecr)).of(ImageReference.parse(image), FROM);
    }

    /** What a view prints. */
    static String printed(Consumer<PrintWriter> view) {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        view.accept(out);
        out.flush();
        return text.toString();
    }

    @Override
    public void close() {
        local.shutdown();
    }

    private static final class NoQueues implements SqsClient {
        @Override
        public String serviceName() {
            return "sqs";
        }

        @Override
        public void close() {}
    }
}
