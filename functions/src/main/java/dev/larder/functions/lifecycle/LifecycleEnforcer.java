package dev.larder.functions.lifecycle;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.larder.config.EnvironmentVariables;
import dev.larder.config.Lifecycle;
import dev.larder.config.LifecycleSettings;
import dev.larder.config.UpstreamSettings;
import dev.larder.events.ScheduledRun;
import dev.larder.events.ScheduledRun.Task;
import dev.larder.functions.AwsClients;
import dev.larder.functions.Invocation;
import dev.larder.functions.bus.Metrics;
import dev.larder.functions.ecr.EcrInventory;
import dev.larder.functions.sweep.Pieces;
import dev.larder.functions.sweep.SqsLifecycleQueue;
import dev.larder.functions.table.Table;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** Lambda handler: begins a sweep on its schedule. {@link LifecycleWorker} carries its pieces out. */
public final class LifecycleEnforcer implements RequestStreamHandler {
    private final SweepStart start;
    private final InstantSource clock;
    private final Metrics metrics = Metrics.of("LifecycleEnforcer", System.getenv());

    /** The real wiring, from the environment. */
    public LifecycleEnforcer() {
        this(wire(System.getenv()), InstantSource.system());
    }

    /** Takes what begins sweeps. */
    public LifecycleEnforcer(SweepStart start, InstantSource clock) {
        this.start = start;
        this.clock = clock;
    }

    private static SweepStart wire(Map<String, String> environment) {
        Lifecycle lifecycle = LifecycleSettings.fromEnvironment(environment);
        Table table = new Table(AwsClients.dynamoDb(), AwsClients.required(environment, EnvironmentVariables.TABLE));
        return new SweepStart(
                new EcrInventory(AwsClients.ecr()),
                new DynamoDbRuns(table),
                new Pieces(table),
                new SqsLifecycleQueue(
                        AwsClients.sqs(),
                        AwsClients.required(environment, EnvironmentVariables.LIFECYCLE_WORK_QUEUE_URL)),
                Eviction.of(lifecycle, UpstreamSettings.fromEnvironment(environment), List.of()),
                environment.getOrDefault("AWS_LAMBDA_FUNCTION_VERSION", ""));
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        ScheduledRun scheduled = Invocation.read(input, Task.SWEEP_LIFECYCLE);
        metrics.add(Metrics.RECEIVED, 1);
        SweepStart.Started started = start.start(scheduled.executionId(), scheduled.scheduledTime());
        Run run = started.run();
        run.stopped().ifPresent(why -> System.out.println(run.id() + ": " + why));
        metrics.add(Metrics.SWEEP_ABANDONED, started.abandoned());
        metrics.add(Metrics.HANDLED, 1);
        metrics.flush(clock.instant());
        Invocation.write(
                output,
                Map.of(
                        "run", run.id(),
                        "enforce", run.enforce(),
                        "reduced", run.reduced(),
                        "pieces", run.pieces().orElse(0)));
    }
}
