package dev.larder.local.endtoend;

import dev.larder.config.Upstream;
import dev.larder.domain.popularity.ForwardDecay;
import dev.larder.domain.usage.ImageDay;
import dev.larder.domain.usage.UsageRow;
import dev.larder.events.image.ImageReference;
import dev.larder.functions.table.DynamoDbImageRecords;
import dev.larder.functions.table.Table;
import dev.larder.functions.table.TaggedImage;
import dev.larder.functions.usage.DynamoDbUsageDays;
import dev.larder.functions.usage.DynamoDbUsageLog;
import dev.larder.functions.usage.DynamoDbUsageSummaries;
import dev.larder.functions.usage.RecordState;
import dev.larder.functions.usage.UsageHistory;
import dev.larder.functions.warm.Upstreams;
import dev.larder.local.front.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The table of the stack, read with Larder's own readers, from outside the cloud as an operator's command does. */
record CacheTable(URI endpoint) {
    private static final String NAME = "platform-cache";
    private static final String USER = "arn:aws:iam::111122223333:user/";
    private static final int DAYS = 60;

    /** All pulls of an image, by the name of the IAM user who pulled. */
    Map<String, Integer> pulls(String image) {
        Map<String, Integer> pulls = new TreeMap<>();
        days(image)
                .values()
                .forEach(day -> day.by()
                        .forEach((principal, count) -> pulls.merge(name(principal), count.intValue(), Integer::sum)));
        return pulls;
    }

    /** All pulls of an image that ECR went upstream for. */
    long cold(String image) {
        return days(image).values().stream().mapToLong(ImageDay::cold).sum();
    }

    /** The days on which an image was pulled. */
    Map<LocalDate, ImageDay> days(String image) {
        LocalDate today = today();
        return history().of(ImageReference.parse(image), today.minusDays(DAYS), today);
    }

    /** Every image that any principal pulled, day by day. */
    Map<LocalDate, List<UsageRow>> rows() {
        LocalDate today = today();
        return history().rows(new DynamoDbUsageSummaries(table()), today.minusDays(DAYS), today);
    }

    /** The last day of the usage record that is closed is not before this one. */
    boolean isClosed(LocalDate day) {
        return new DynamoDbUsageDays(table())
                .closedThrough()
                .filter(last -> !last.isBefore(day))
                .isPresent();
    }

    /** The figures that are kept with a tag. */
    TaggedImage tagged(String image) {
        ImageReference.Tagged tagged = (ImageReference.Tagged) ImageReference.parse(image);
        return images().tagged(tagged).orElseGet(() -> TaggedImage.unknown(tagged));
    }

    /** Whether an import of any image of the repository is recorded. */
    boolean hasImport(String repository) {
        var records =
                images().repository(ImageReference.parse(repository + ":any").repository());
        return !records.manifests().isEmpty()
                || records.tags().values().stream()
                        .anyMatch(tag -> tag.importedAt().isPresent());
    }

    /** What the record says of itself. */
    RecordState state(List<Upstream> upstreams) {
        return new RecordState(table(), new Upstreams(upstreams));
    }

    /** The IAM user's name of an ARN; other ARNs whole. */
    static String name(String principal) {
        return principal.replace(USER, "");
    }

    private UsageHistory history() {
        return new UsageHistory(
                new DynamoDbUsageDays(table()),
                new DynamoDbUsageLog(table()),
                images(),
                new ForwardDecay(Duration.ofDays(7)),
                InstantSource.fixed(now()));
    }

    private DynamoDbImageRecords images() {
        return new DynamoDbImageRecords(table());
    }

    Table table() {
        return new Table(client(), NAME);
    }

    /** Every item. */
    Set<Map<String, AttributeValue>> items() {
        try (DynamoDbClient client = client()) {
            return client.scanPaginator(scan -> scan.tableName(NAME)).items().stream()
                    .collect(Collectors.toSet());
        }
    }

    private DynamoDbClient client() {
        return DynamoDbClient.builder()
                .endpointOverride(endpoint)
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("operator", "any")))
                .build();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(now(), ZoneOffset.UTC);
    }

    private Instant now() {
        try (var clock = endpoint.resolve("/_larder/clock").toURL().openStream()) {
            return Instant.parse(Json.read(new String(clock.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                    .path("now")
                    .asText());
        } catch (IOException e) {
            throw new UncheckedIOException("could not read the time of " + endpoint, e);
        }
    }
}
