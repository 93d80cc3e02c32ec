package dev.larder.benchmarks.usage;

import dev.larder.functions.table.Attributes;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** AWS's DynamoDB Local in a JVM of its own, so that its work is not taken for a handler's. Closing it ends that JVM. */
public final class LocalDynamoDb implements AutoCloseable {
    /** In front of the port in the other JVM's answer. */
    static final String PORT = "port ";

    private final Process process;
    private final URI address;

    private LocalDynamoDb(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    /**
     * Starts it.
     *
     * @throws IOException when it does not start
     */
    public static LocalDynamoDb start() throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DynamoDbServer.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader answers = process.inputReader(StandardCharsets.UTF_8);
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            if (line.startsWith(PORT)) {
                return new LocalDynamoDb(process, URI.create("http://127.0.0.1:" + line.substring(PORT.length())));
            }
        }
        throw new IOException("DynamoDB Local ended before it listened; run " + DynamoDbServer.class.getName()
                + " by itself to see why");
    }

    /** A client over the HTTP client that the functions use, too. */
    public DynamoDbClient client(ExecutionInterceptor... interceptors) {
        return DynamoDbClient.builder()
                .httpClient(UrlConnectionHttpClient.create())
                .endpointOverride(address)
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .overrideConfiguration(
                        configuration -> List.of(interceptors).forEach(configuration::addExecutionInterceptor))
                .build();
    }

    /** Creates a table of the cell's shape, as {@code infra}'s RecordTable declares it. */
    public static void create(DynamoDbClient client, String name) {
        client.createTable(table -> table.tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                        attribute(Attributes.PK, ScalarAttributeType.S),
                        attribute(Attributes.SK, ScalarAttributeType.S),
                        attribute(Attributes.POPULARITY_OF, ScalarAttributeType.S),
                        attribute(Attributes.POPULARITY, ScalarAttributeType.N))
                .keySchema(key(Attributes.PK, KeyType.HASH), key(Attributes.SK, KeyType.RANGE))
                .globalSecondaryIndexes(GlobalSecondaryIndex.builder()
                        .indexName(Attributes.POPULARITY)
                        .keySchema(
                                key(Attributes.POPULARITY_OF, KeyType.HASH), key(Attributes.POPULARITY, KeyType.RANGE))
                        .projection(projection -> projection.projectionType(ProjectionType.ALL))
                        .build()));
    }

    private static AttributeDefinition attribute(String name, ScalarAttributeType type) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(type)
                .build();
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }

    @Override
    public void close() {
        process.destroy();
    }
}
