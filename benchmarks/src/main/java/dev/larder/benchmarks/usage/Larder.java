package dev.larder.benchmarks.usage;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.larder.config.Registry;
import dev.larder.config.Upstream;
import dev.larder.domain.popularity.ForwardDecay;
import dev.larder.domain.usage.EventHash;
import dev.larder.domain.usage.Fact;
import dev.larder.domain.usage.LogHour;
import dev.larder.domain.usage.PullRules;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.functions.table.DynamoDbImageRecords;
import dev.larder.functions.table.Table;
import dev.larder.functions.usage.DynamoDbFigures;
import dev.larder.functions.usage.DynamoDbUsageDays;
import dev.larder.functions.usage.DynamoDbUsageLog;
import dev.larder.functions.usage.DynamoDbUsageSummaries;
import dev.larder.functions.usage.RecordState;
import dev.larder.functions.usage.RollupLease;
import dev.larder.functions.usage.UsageKeeper;
import dev.larder.functions.usage.UsageLog;
import dev.larder.functions.usage.UsageRecorder;
import dev.larder.functions.usage.UsageRollup;
import dev.larder.functions.warm.Upstreams;
import dev.larder.testevents.TestEvents;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Larder's own functions with their real adapters, wired as in an account, but for the clock. What they print is dropped. */
public final class Larder implements Subject {
    private static final Upstream HUB = new Upstream(
            "docker-hub",
            Registry.DOCKER_HUB,
            "registry-1.docker.io",
            Optional.of("ecr-pullthroughcache/docker-hub"),
            List.of(),
            Optional.empty());
    private static final PullRules RULES = new PullRules(Set.of(HUB.prefix()), Set.of("larder-WarmWorker"), Set.of());

    private final UsageLog log;
    private final UsageRecorder recorder;
    private final UsageKeeper keeper;
    private Instant now = Instant.EPOCH;

    /**
     * Wires it.
     *
     * @param name the table's
     */
    public Larder(DynamoDbClient client, String name) {
        PrintStream out = System.out;
        System.setOut(new PrintStream(PrintStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        try {
            Table table = new Table(client, name);
            Upstreams upstreams = new Upstreams(List.of(HUB));
            log = new DynamoDbUsageLog(table);
            recorder = new UsageRecorder(RULES, log, new RecordState(table, upstreams)::begin, () -> now);
            UsageRollup rollup = new UsageRollup(
                    log,
                    new DynamoDbUsageDays(table),
                    new DynamoDbUsageSummaries(table),
                    new DynamoDbFigures(
                            table, repository -> upstreams.of(repository).map(Upstream::prefix)),
                    new DynamoDbImageRecords(client, name),
                    new ForwardDecay(Duration.ofDays(7)));
            keeper = new UsageKeeper(
                    rollup,
                    () -> {
                        throw new IllegalStateException("this run rolls up");
                    },
                    new RollupLease(table),
                    () -> now);
        } finally {
            System.setOut(out);
        }
    }

    @Override
    public String name() {
        return "Larder";
    }

    @Override
    public void handle(SQSEvent batch, Instant at) {
        now = at;
        SQSBatchResponse response = recorder.handleRequest(batch, null);
        if (!response.getBatchItemFailures().isEmpty()) {
            throw new IllegalStateException(
                    response.getBatchItemFailures().size() + " pulls were not logged; the first one: "
                            + batch.getRecords().getFirst().getBody());
        }
    }

    /** ECR went upstream for an image, as it does at the first pull of every day: what CacheEventHandler logs of that. */
    public void wentUpstream(Tagged image, Instant at) {
        now = at;
        log.append(
                LogHour.of(at),
                List.of(new Fact.Sync(image, EventHash.of(image + "@" + at), at, Optional.empty())),
                at);
    }

    /** The hourly run. */
    public void rollUp(Instant at) {
        now = at;
        String run = TestEvents.json("scheduler/roll-up-usage.json");
        try {
            keeper.handleRequest(
                    new ByteArrayInputStream(run.getBytes(StandardCharsets.UTF_8)), new ByteArrayOutputStream(), null);
        } catch (IOException e) {
            throw new UncheckedIOException("the roll-up of " + at + " failed", e);
        }
    }
}
