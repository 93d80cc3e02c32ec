package dev.larder.benchmarks.lifecycle;

import dev.larder.functions.lifecycle.DynamoDbRuns;
import dev.larder.functions.lifecycle.Run;
import dev.larder.functions.lifecycle.RunLine;
import dev.larder.functions.table.Table;
import dev.larder.local.cloud.LocalCloud;
import dev.larder.local.cloud.Options;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ecr.EcrClient;

/**
 * Deletes a cell's images through the local cloud: the real functions sweep it day by day, until all are gone. Counts the
 * calls that deleted, those that were refused, calls of any action that were refused for ECR's rates, and images that were named
 * in more than one deletion.
 */
public final class EvictCell {
    private static final Duration REST = Duration.ofMinutes(30);
    private static final int MOST_DAYS = 6;
    private static final int IDENTIFIERS = 100;

    /** Calls per second that filling the cell takes, with room: the published quotas would let it take hours. */
    private static final Map<String, Double> FILLING = Map.of(
            "PutImage", 100_000.0,
            "InitiateLayerUpload", 100_000.0,
            "UploadLayerPart", 100_000.0,
            "CompleteLayerUpload", 100_000.0);

    private EvictCell() {}

    /** {@code CDK_OUT [IMAGES [REPOSITORIES]]}, by default 100,000 in 100. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int images = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100_000;
        int repositories = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 100;
        Options options = new Options(
                Path.of(arguments[0]),
                Optional.empty(),
                0,
                0,
                Optional.empty(),
                progress -> {},
                (function, line) -> {});
        try (LocalCloud cloud = LocalCloud.start(options)) {
            System.exit(measure(cloud, images, repositories) ? 0 : 1);
        }
    }

    private static boolean measure(LocalCloud cloud, int images, int repositories)
            throws IOException, InterruptedException {
        EcrClient ecr = ecr(cloud.endpoint());
        Deletions deletions = new Deletions();
        cloud.ecr().setRates(FILLING);
        FilledCell.fill(ecr, cloud.events(), repositories, images / repositories);
        cloud.ecr().resetRates();
        // with the first pull the usage record begins
        ecr.batchGetImage(
                get -> get.repositoryName(FilledCell.repository(0)).imageIds(id -> id.imageTag(FilledCell.tag(0))));
        cloud.awaitQuiet(REST);
        cloud.events().tap(deletions);
        DynamoDbRuns runs = new DynamoDbRuns(new Table(dynamoDb(cloud.endpoint()), "benchmark"));
        long start = System.nanoTime();
        long evicted = 0;
        List<String> days = new ArrayList<>();
        for (int day = 0; day < MOST_DAYS && evicted < images; day++) {
            cloud.advance(Duration.ofDays(1));
            cloud.awaitQuiet(REST);
            Run run = runs.last().orElseThrow();
            evicted += run.counts().getOrDefault(RunLine.Outcome.EVICTED.text(), 0L);
            days.add((run.reduced() ? "a tenth: " : "") + run.counts());
        }
        System.out.printf("sweeps, day by day: %s%n", days);
        System.out.printf(
                "%,d of %,d images deleted in %.0f s; %,d calls, %,d at least%n",
                evicted,
                images,
                (System.nanoTime() - start) / 1e9,
                deletions.calls(),
                (images + IDENTIFIERS - 1) / IDENTIFIERS);
        boolean whole = told("images left", images - evicted);
        boolean accepted = told("calls refused", deletions.refused());
        boolean slowly = told("refused for rate", deletions.throttled());
        boolean once = told("images named twice", deletions.repeated());
        return whole && accepted && slowly && once;
    }

    private static boolean told(String what, long count) {
        System.out.printf("%-20s %,7d, target 0: %s%n", what, count, count == 0 ? "met" : "MISSED");
        return count == 0;
    }

    private static EcrClient ecr(URI endpoint) {
        return EcrClient.builder()
                .endpointOverride(endpoint)
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(credentials())
                .build();
    }

    private static DynamoDbClient dynamoDb(URI endpoint) {
        return DynamoDbClient.builder()
                .endpointOverride(endpoint)
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(credentials())
                .build();
    }

    private static StaticCredentialsProvider credentials() {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create("benchmark", "any"));
    }
}
