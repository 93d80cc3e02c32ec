package dev.larder.functions.usage;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.larder.domain.popularity.ForwardDecay;
import dev.larder.domain.usage.PullRules;
import dev.larder.domain.usage.Tally;
import dev.larder.events.image.ImageReference;
import dev.larder.functions.table.DynamoDbImageRecords;
import dev.larder.functions.table.ImageRecords;
import dev.larder.functions.table.LocalTable;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The handler with its real adapters on DynamoDB Local. */
final class UsageFixture implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-24T10:20:00Z");
    static final LocalDate TODAY = LocalDate.parse("2026-11-24");
    static final ForwardDecay WEEK = new ForwardDecay(Duration.ofDays(7));
    private static final PullRules RULES = new PullRules(
            Set.of("docker-hub"),
            Set.of("platform-cache-eu-central-1-WarmWorker"),
            Set.of("arn:aws:iam::111122223333:role/scanner"));

    final LocalTable local = new LocalTable();
    final ImageRecords images = new DynamoDbImageRecords(local.client(), LocalTable.NAME);
    final Tallies tallies = new DynamoDbTallies(local.table(), repository -> Optional.of("docker-hub"));
    final UsageDays days = new DynamoDbUsageDays(local.table());
    final UsageRecords records = new DynamoDbUsageRecords(local.table());
    final UsageRollup rollup = new UsageRollup(days, tallies, WEEK);
    Instant now = NOW;
    final UsageRecorder recorder = recorder(records);

    UsageRecorder recorder(UsageRecords to) {
        return recorder(to, tallies);
    }

    UsageRecorder recorder(UsageRecords to, Tallies figures) {
        return new UsageRecorder(RULES, images, new PullRecording(to, figures, WEEK), () -> now);
    }

    SQSBatchResponse deliver(SQSEvent batch) {
        return recorder.handleRequest(batch, null);
    }

    /** Pulls in the buckets of a day, by principal. */
    Map<String, Long> bucketsOf(String image, LocalDate day) {
        Map<String, Long> by = new TreeMap<>();
        days.buckets(ImageReference.parse(image), day)
                .forEach(bucket -> bucket.by().forEach((principal, pulls) -> by.merge(principal, pulls, Long::sum)));
        return by;
    }

    Tally tally(String image) {
        return tallies.of(ImageReference.parse(image));
    }

    @Override
    public void close() {
        local.close();
    }
}
