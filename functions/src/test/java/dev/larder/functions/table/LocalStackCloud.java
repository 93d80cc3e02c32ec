package dev.larder.functions.table;

import java.util.UUID;
import org.testcontainers.localstack.LocalStackContainer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** DynamoDB and SQS of LocalStack, in a container: a second opinion on what the stores do, next to DynamoDB Local. */
public final class LocalStackCloud {
    private static final String IMAGE = "localstack/localstack:4.14.0";

    private LocalStackCloud() {}

    /** The container, not started yet. */
    public static LocalStackContainer container() {
        return new LocalStackContainer(IMAGE).withServices("dynamodb", "sqs");
    }

    /** A new table of the cell's shape. */
    public static Table table(LocalStackContainer container) {
        DynamoDbClient client = pointed(DynamoDbClient.builder(), container).build();
        String name = "larder-" + UUID.randomUUID();
        LocalTable.create(client, name);
        client.waiter().waitUntilTableExists(describe -> describe.tableName(name));
        return new Table(client, name);
    }

    /** A client of its SQS. */
    public static SqsClient sqs(LocalStackContainer container) {
        return pointed(SqsClient.builder(), container).build();
    }

    private static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B pointed(
            B builder, LocalStackContainer container) {
        return builder.httpClientBuilder(UrlConnectionHttpClient.builder())
                .endpointOverride(container.getEndpoint())
                .region(Region.of(container.getRegion()))
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(container.getAccessKey(), container.getSecretKey())));
    }
}
