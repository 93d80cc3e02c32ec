package dev.larder.infra;

import static dev.larder.config.EnvironmentVariables.CELL;
import static dev.larder.config.EnvironmentVariables.EVENT_BUS;
import static dev.larder.config.EnvironmentVariables.LIFECYCLE_WORK_QUEUE_URL;
import static dev.larder.config.EnvironmentVariables.PULLS_DEAD_LETTERS_QUEUE_URL;
import static dev.larder.config.EnvironmentVariables.SWEEP_SETTINGS;

import dev.larder.config.LarderConfig;
import dev.larder.config.LifecycleSettings;
import dev.larder.config.UpstreamSettings;
import dev.larder.config.UsageSettings;
import dev.larder.config.WarmSettings;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Duration;
import software.constructs.Construct;

/**
 * The sweep that evicts what nobody needs: the enforcer that begins it on a schedule, the queue of its pieces, and the worker
 * that carries them out.
 */
final class LifecycleEnforcing {
    static final String FUNCTION = "LifecycleEnforcer";
    static final String WORKER = "LifecycleWorker";
    static final String TASK = "sweep-lifecycle";

    private static final Duration TIMEOUT = Duration.minutes(15);

    /** One piece at a time, four at once: what ECR's API is asked stays below its rates. */
    private static final Batching BATCHING = Batching.atOnce(1, 4);

    private LifecycleEnforcing() {}

    /**
     * Declares all of it; the queue is for whoever has more work for the worker.
     *
     * @param pulls whose dead letters are pulls that the record lacks
     */
    static DeadLetteredQueue declare(
            Construct scope,
            Deployment deployment,
            RecordTable table,
            DeadLetteredQueue pulls,
            PullTimeExclusions exclusions) {
        DeadLetteredQueue work = new DeadLetteredQueue(scope, "LifecycleWork", deployment, TIMEOUT);
        enforcer(scope, deployment, table, work);
        LiveFunction worker = worker(scope, deployment, table, work, pulls);
        pulls.grantCountDeadLetters(worker);
        exclusions.add(WORKER, worker);
        return work;
    }

    private static void enforcer(Construct scope, Deployment deployment, RecordTable table, DeadLetteredQueue work) {
        LarderConfig config = deployment.config();
        FunctionSpec spec = new FunctionSpec(
                FUNCTION,
                "dev.larder.functions.lifecycle.LifecycleEnforcer",
                TIMEOUT,
                Settings.of(table)
                        .with(UpstreamSettings.toEnvironment(config.upstreams()))
                        .with(LifecycleSettings.toEnvironment(config.lifecycle()))
                        .with(LIFECYCLE_WORK_QUEUE_URL, work.queue().getQueueUrl())
                        // its version says whether a deploy changed what goes, and then the next run is a small one
                        .with(SWEEP_SETTINGS, Settings.hash(deciding(deployment)))
                        .toEnvironment());
        ScheduledFunction scheduled = new ScheduledFunction(
                scope,
                deployment,
                spec,
                List.of(TaskSchedule.only(config.lifecycle().schedule(), TASK)));
        table.grant(scheduled.function(), "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query");
        // knows no prefix: who lists repositories asks for all of them
        scheduled.function().allow(List.of("ecr:DescribeRepositories"), List.of(deployment.arn("ecr", "repository/*")));
        work.grantSend(scheduled.function());
        alarm(
                scheduled,
                FUNCTION,
                "SweepAbandoned",
                "A sweep was given up, since pieces of it could not be carried out and went to the dead letters. ./larder runs"
                        + " says how far it came (docs/runbook.md, SweepAbandoned).",
                deployment);
    }

    /** A piece sends the next ones, so that a run goes round its own queue a few times, and then ends. */
    private static LiveFunction worker(
            Construct scope,
            Deployment deployment,
            RecordTable table,
            DeadLetteredQueue work,
            DeadLetteredQueue pulls) {
        FunctionSpec spec = new FunctionSpec(
                WORKER,
                "dev.larder.functions.lifecycle.LifecycleWorker",
                TIMEOUT,
                Settings.of(table)
                        .with(deciding(deployment))
                        .with(LIFECYCLE_WORK_QUEUE_URL, work.queue().getQueueUrl())
                        .with(PULLS_DEAD_LETTERS_QUEUE_URL, pulls.deadLetters().getQueueUrl())
                        .with(EVENT_BUS, OwnEvents.BUS)
                        .with(CELL, deployment.cell().toString())
                        .toEnvironment());
        QueueFunction reading = new QueueFunction(scope, deployment, spec, work, BATCHING);
        LiveFunction function = reading.function();
        table.grant(
                function,
                "dynamodb:BatchWriteItem",
                "dynamodb:DeleteItem",
                "dynamodb:GetItem",
                "dynamodb:PutItem",
                "dynamodb:Query",
                "dynamodb:UpdateItem");
        function.allow(
                List.of("ecr:BatchDeleteImage", "ecr:BatchGetImage", "ecr:DescribeImages"),
                deployment.cachedRepositories());
        InUseReading.grant(deployment, function);
        work.grantSend(function);
        DesiredState.grant(deployment, function);
        OwnEvents.grantPut(deployment, function);
        alarm(
                reading,
                WORKER,
                "EvictionStopped",
                "A sweep reached its limits, the switch is off, or other lifecycle settings were deployed in the middle, so that"
                        + " something that could go stays. ./larder runs says which (docs/runbook.md, EvictionStopped).",
                deployment);
        alarm(
                reading,
                WORKER,
                "EvictionFailed",
                "ECR refused to delete an image. ./larder runs --run ID says which and why (docs/runbook.md, EvictionFailed).",
                deployment);
        return function;
    }

    /** The settings by which the worker decides what goes. */
    private static Map<String, String> deciding(Deployment deployment) {
        LarderConfig config = deployment.config();
        Map<String, String> all = new TreeMap<>();
        all.putAll(UpstreamSettings.toEnvironment(config.upstreams()));
        all.putAll(WarmSettings.toEnvironment(deployment.warm()));
        all.putAll(UsageSettings.toEnvironment(config.usage()));
        all.putAll(LifecycleSettings.toEnvironment(config.lifecycle()));
        return all;
    }

    private static void alarm(
            Construct scope, String function, String metric, String description, Deployment deployment) {
        new MetricAlarm(function, metric, "Maximum", Duration.hours(1), 1, description).declare(scope, deployment);
    }
}
