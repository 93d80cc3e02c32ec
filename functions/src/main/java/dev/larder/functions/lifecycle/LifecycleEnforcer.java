package dev.larder.functions.lifecycle;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.larder.config.EnvironmentVariables;
import dev.larder.config.LifecycleSettings;
import dev.larder.config.UpstreamSettings;
import dev.larder.config.Warm;
import dev.larder.config.WarmSettings;
import dev.larder.events.ScheduledRun;
import dev.larder.events.ScheduledRun.Task;
import dev.larder.functions.AwsClients;
import dev.larder.functions.Invocation;
import dev.larder.functions.bus.EventBridgeBus;
import dev.larder.functions.bus.Metrics;
import dev.larder.functions.desired.Guards;
import dev.larder.functions.desired.RepositoryReconciliation;
import dev.larder.functions.ecr.EcrImageCache;
import dev.larder.functions.ecr.EcrInventory;
import dev.larder.functions.ecr.EcrRepositorySettings;
import dev.larder.functions.planning.Substitutes;
import dev.larder.functions.table.DynamoDbImageRecords;
import dev.larder.functions.table.Table;
import dev.larder.functions.usage.DynamoDbUsageDays;
import dev.larder.functions.usage.DynamoDbUsageLog;
import dev.larder.functions.usage.LogFetches;
import dev.larder.functions.usage.RecordState;
import dev.larder.functions.warm.DynamoDbWarmLeases;
import dev.larder.functions.warm.Pause;
import dev.larder.functions.warm.Upstreams;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ecr.EcrClient;

/** Lambda handler: on a schedule, sweeps the cache. Answers with the run's counts. */
public final class LifecycleEnforcer implements RequestStreamHandler {
    /** What the end of a run takes, and one more repository. */
    private static final Duration MARGIN = Duration.ofMinutes(1);

    private final Sweep sweep;
    private final InstantSource clock;
    private final Metrics metrics = new Metrics("LifecycleEnforcer", System.out::println);

    /** The real wiring, from the environment. */
    public LifecycleEnforcer() {
        this(wire(System.getenv(), InstantSource.system()), InstantSource.system());
    }

    /** Takes what sweeps. */
    public LifecycleEnforcer(Sweep sweep, InstantSource clock) {
        this.sweep = sweep;
        this.clock = clock;
    }

    private static Sweep wire(Map<String, String> environment, InstantSource clock) {
        DynamoDbClient dynamoDb = AwsClients.dynamoDb();
        EcrClient ecr = AwsClients.ecr();
        String name = AwsClients.required(environment, EnvironmentVariables.TABLE);
        Table table = new Table(dynamoDb, name);
        Warm warm = WarmSettings.fromEnvironment(environment);
        return new Sweep(
                LifecycleSettings.fromEnvironment(environment),
                UpstreamSettings.fromEnvironment(environment),
                new Substitutes(warm.substitutes()).pins(warm.pins()),
                new EcrInventory(ecr),
                new EcrImageCache(ecr),
                new DynamoDbImageRecords(dynamoDb, name),
                new DynamoDbWarmLeases(table),
                new DynamoDbRuns(table),
                new DynamoDbTombstones(table),
                UsageAge.of(new RecordState(table, new Upstreams(UpstreamSettings.fromEnvironment(environment)))),
                new LogFetches(new DynamoDbUsageLog(table), new DynamoDbUsageDays(table), clock),
                new EventBridgeBus(
                        AwsClients.eventBridge(), AwsClients.required(environment, EnvironmentVariables.EVENT_BUS)),
                new RepositoryReconciliation(
                        new EcrRepositorySettings(ecr),
                        Guards.OF_ALL,
                        RepositoryReconciliation.PATIENT,
                        Pause.SLEEP::pause,
                        clock),
                clock);
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        ScheduledRun scheduled = Invocation.read(input, Task.SWEEP_LIFECYCLE);
        metrics.add(Metrics.RECEIVED, 1);
        Run run = sweep.sweep(scheduled.executionId(), () -> context.getRemainingTimeInMillis() < MARGIN.toMillis());
        metrics.add(Metrics.HANDLED, 1);
        metrics.add(Metrics.EVICTED, run.counts().getOrDefault(RunLine.Outcome.EVICTED.text(), 0L));
        metrics.add(Metrics.EVICTED_BYTES, run.enforce() ? run.bytes() : 0);
        metrics.flush(clock.instant());
        Invocation.write(
                output,
                Map.of(
                        "run", run.id(),
                        "enforce", run.enforce(),
                        "counts", run.counts(),
                        "bytes", run.bytes(),
                        "stopped", run.stopped().orElse("")));
    }
}
