package dev.larder.functions;

import java.util.Map;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The SDK's clients as a function uses them: synchronous, over the JDK's own HTTP, with region, endpoint and credentials
 * found by the SDK's default chains (SnapStart needs the chain: the credentials of a restored function come from the
 * container's endpoint). Made once, before the first event.
 */
public final class AwsClients {
    private static final int PATIENT_ATTEMPTS = 8;

    private AwsClients() {}

    /** CloudTrail. */
    public static CloudTrailClient cloudTrail() {
        return CloudTrailClient.builder().httpClient(http()).build();
    }

    /** DynamoDB. */
    public static DynamoDbClient dynamoDb() {
        return DynamoDbClient.builder().httpClient(http()).build();
    }

    /** ECR's API. */
    public static EcrClient ecr() {
        return EcrClient.builder().httpClient(http()).build();
    }

    /**
     * ECR's API for whoever asks a lot: it slows down as soon as ECR says that it is too much. ECR publishes no rates for
     * DescribeImages and BatchDeleteImage. The SDK's three attempts are too few where several workers share a small rate:
     * then their work fails, and has to come again after the queue's visibility timeout.
     */
    public static EcrClient patientEcr() {
        return EcrClient.builder()
                .httpClient(http())
                .overrideConfiguration(AwsClients::patient)
                .build();
    }

    /**
     * ECS, as patient: whoever asks it reads all that runs, at rates that the account's deployments share (20 calls a second
     * for what reads task definitions: ECS API, "Request throttling").
     */
    public static EcsClient ecs() {
        return EcsClient.builder()
                .httpClient(http())
                .overrideConfiguration(AwsClients::patient)
                .build();
    }

    private static void patient(ClientOverrideConfiguration.Builder override) {
        override.retryStrategy(AwsRetryStrategy.adaptiveRetryStrategy().toBuilder()
                .maxAttempts(PATIENT_ATTEMPTS)
                .build());
    }

    /** EventBridge. */
    public static EventBridgeClient eventBridge() {
        return EventBridgeClient.builder().httpClient(http()).build();
    }

    /** Lambda. */
    public static LambdaClient lambda() {
        return LambdaClient.builder().httpClient(http()).build();
    }

    /** Secrets Manager. */
    public static SecretsManagerClient secretsManager() {
        return SecretsManagerClient.builder().httpClient(http()).build();
    }

    /** SQS. */
    public static SqsClient sqs() {
        return SqsClient.builder().httpClient(http()).build();
    }

    /**
     * A variable that has to be set.
     *
     * @throws IllegalArgumentException when it is not, with its name
     */
    public static String required(Map<String, String> environment, String name) {
        String value = environment.get(name);
        if (value == null || value.isEmpty()) {
            throw new IllegalArgumentException(
                    "the environment variable " + name + " is not set; the template sets it");
        }
        return value;
    }

    private static SdkHttpClient http() {
        return UrlConnectionHttpClient.create();
    }
}
