package dev.larder.functions.usage;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.larder.config.Registry;
import dev.larder.config.Upstream;
import dev.larder.domain.popularity.ForwardDecay;
import dev.larder.domain.usage.ImageDay;
import dev.larder.domain.usage.PullRules;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.functions.table.DynamoDbImageRecords;
import dev.larder.functions.table.ImageRecords;
import dev.larder.functions.table.LocalTable;
import dev.larder.functions.warm.Upstreams;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The usage record with its real adapters on DynamoDB Local. */
final class UsageFixture implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-24T10:20:00Z");
    static final LocalDate TODAY = LocalDate.parse("2026-11-24");
    static final ForwardDecay WEEK = new ForwardDecay(Duration.ofDays(7));
    static final PullRules RULES = new PullRules(
            Set.of("docker-hub"),
            Set.of("platform-cache-eu-central-1-WarmWorker"),
            Set.of("arn:aws:iam::111122223333:role/scanner"));

    final LocalTable local = new LocalTable();
    final Upstreams upstreams = new Upstreams(List.of(new Upstream(
            "docker-hub", Registry.DOCKER_HUB, "registry-1.docker.io", Optional.empty(), List.of(), Optional.empty())));
    final ImageRecords images = new DynamoDbImageRecords(local.client(), LocalTable.NAME);
    final UsageLog log = new DynamoDbUsageLog(local.table());
    final UsageDays days = new DynamoDbUsageDays(local.table());
    final UsageSummaries summaries = new DynamoDbUsageSummaries(local.table());
    final Figures figures = new DynamoDbFigures(local.table(), repository -> Optional.of("docker-hub"));
    final RecordState state = new RecordState(local.table(), upstreams);
    Instant now = NOW;
    final UsageRecorder recorder = recorder(log);

    UsageRecorder recorder(UsageLog to) {
        return new UsageRecorder(RULES, to, state::begin, () -> now);
    }

    UsageRollup rollup() {
        return new UsageRollup(log, days, summaries, figures, images, WEEK);
    }

    int rollUp(Instant at) {
        now = at;
        return rollup().rollUp(at);
    }

    SQSBatchResponse deliver(SQSEvent batch) {
        return recorder.handleRequest(batch, null);
    }

    UsageHistory history() {
        return new UsageHistory(days, log, images, WEEK, () -> now);
    }

    /** An image's day as someone who asks now sees it. */
    ImageDay day(String image, LocalDate day) {
        return history().of(ImageReference.parse(image), day, day).getOrDefault(day, ImageDay.NONE);
    }

    Map<String, Long> by(String image, LocalDate day) {
        return day(image, day).by();
    }

    static Tagged tag(String image) {
        return (Tagged) ImageReference.parse(image);
    }

    @Override
    public void close() {
        local.close();
    }
}
