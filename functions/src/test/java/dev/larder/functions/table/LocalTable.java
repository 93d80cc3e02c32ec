package dev.larder.functions.table;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.dynamodb.services.local.embedded.DynamoDBEmbedded;
import software.amazon.dynamodb.services.local.shared.access.AmazonDynamoDBLocal;

/** A cell's table in DynamoDB Local, in this JVM and in memory. Closing it drops it. */
public final class LocalTable implements AutoCloseable {
    /** The table's name. */
    public static final String NAME = "larder";

    private final AmazonDynamoDBLocal local = DynamoDBEmbedded.create();
    private final AtomicInteger calls = new AtomicInteger();
    private final DynamoDbClient client = counted(local.dynamoDbClient());

    /** Creates the table. */
    public LocalTable() {
        create(client, NAME);
    }

    /** How many calls were made of its clients. */
    public int calls() {
        return calls.get();
    }

    private DynamoDbClient counted(DynamoDbClient real) {
        return (DynamoDbClient) Proxy.newProxyInstance(
                LocalTable.class.getClassLoader(),
                new Class<?>[] {DynamoDbClient.class},
                (proxy, method, arguments) -> {
                    calls.incrementAndGet();
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** A client of it. */
    public DynamoDbClient client() {
        return client;
    }

    /** The table, as the adapters see it. */
    public Table table() {
        return new Table(client, NAME);
    }

    /** Creates a table of the cell's shape. */
    public static void create(DynamoDbClient client, String name) {
        client.createTable(table -> table.tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                        attribute(Attributes.PK, ScalarAttributeType.S),
                        attribute(Attributes.SK, ScalarAttributeType.S),
                        attribute(Attributes.POPULARITY_OF, ScalarAttributeType.S),
                        attribute(Attributes.POPULARITY, ScalarAttributeType.N))
                .keySchema(keys(Attributes.PK, Attributes.SK))
                .globalSecondaryIndexes(GlobalSecondaryIndex.builder()
                        .indexName(Attributes.POPULARITY)
                        .keySchema(keys(Attributes.POPULARITY_OF, Attributes.POPULARITY))
                        .projection(Projection.builder()
                                .projectionType(ProjectionType.ALL)
                                .build())
                        .build()));
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

    @Override
    public void close() {
        local.shutdown();
    }
}
