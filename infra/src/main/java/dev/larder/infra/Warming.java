package dev.larder.infra;

import static dev.larder.config.EnvironmentVariables.CELL;
import static dev.larder.config.EnvironmentVariables.EVENT_BUS;
import static dev.larder.config.EnvironmentVariables.WARM_ORDERS_QUEUE_URL;

import dev.larder.config.LarderConfig;
import dev.larder.config.UpstreamSettings;
import dev.larder.config.UsageSettings;
import dev.larder.config.WarmSettings;
import java.util.List;
import software.amazon.awscdk.Duration;
import software.constructs.Construct;

/** The planner that orders warmings on a schedule, the queue of the orders, and the worker that carries them out. */
final class Warming {
    static final String PLANNER = "WarmPlanner";
    static final String WORKER = "WarmWorker";
    static final String TASK = "plan-warming";

    /** How many pinned images are not warm. */
    static final String PINNED_NOT_WARM = "PinnedNotWarm";

    private static final Duration TIMEOUT = Duration.minutes(5);
    private static final Batching BATCHING = Batching.atOnce(5, 5);

    private final Deployment deployment;
    private final RecordTable table;
    private final DeadLetteredQueue orders;

    private Warming(Construct scope, Deployment deployment, RecordTable table) {
        this.deployment = deployment;
        this.table = table;
        this.orders = new DeadLetteredQueue(scope, "WarmOrders", deployment, TIMEOUT);
    }

    static Warming declare(Construct scope, Deployment deployment, RecordTable table, PullTimeExclusions exclusions) {
        Warming warming = new Warming(scope, deployment, table);
        warming.planner(scope);
        exclusions.add(WORKER, warming.worker(scope));
        return warming;
    }

    /** The queue of warm orders. */
    DeadLetteredQueue orders() {
        return orders;
    }

    private void planner(Construct scope) {
        LarderConfig config = deployment.config();
        FunctionSpec spec = new FunctionSpec(
                PLANNER,
                "dev.larder.functions.warm.WarmPlanner",
                TIMEOUT,
                Settings.of(table)
                        .with(UpstreamSettings.toEnvironment(config.upstreams()))
                        .with(UsageSettings.toEnvironment(config.usage()))
                        .with(WarmSettings.toEnvironment(deployment.warm()))
                        .with(WARM_ORDERS_QUEUE_URL, orders.queue().getQueueUrl())
                        .with(EVENT_BUS, OwnEvents.BUS)
                        .with(CELL, deployment.cell().toString())
                        .toEnvironment());
        ScheduledFunction scheduled = new ScheduledFunction(
                scope, deployment, spec, List.of(TaskSchedule.only(config.warm().schedule(), TASK)));
        LiveFunction function = scheduled.function();
        table.grant(function, "dynamodb:GetItem", "dynamodb:Query", "dynamodb:UpdateItem");
        orders.grantSend(function);
        OwnEvents.grantPut(deployment, function);
        new MetricAlarm(
                        PLANNER,
                        PINNED_NOT_WARM,
                        "Minimum",
                        Duration.hours(1),
                        1,
                        "A pinned image has not been warm for an hour. ./larder status says which and why; so do the event"
                                + " Larder Image Warm Failed and the log (docs/operations.md, Pins).")
                .declare(scheduled, deployment);
    }

    /**
     * An order that has to wait goes back into the queue, every 15 minutes at most, until its upstream can be asked
     * again: more often than the 16 times after which Lambda takes that for a loop by mistake. It comes to an end all the
     * same, since an order that is too old is not put back.
     */
    private LiveFunction worker(Construct scope) {
        LarderConfig config = deployment.config();
        FunctionSpec spec = new FunctionSpec(
                WORKER,
                "dev.larder.functions.warm.WarmWorker",
                TIMEOUT,
                Settings.of(table)
                        .with(UpstreamSettings.toEnvironment(config.upstreams()))
                        .with(WarmSettings.toEnvironment(deployment.warm()))
                        .with(WARM_ORDERS_QUEUE_URL, orders.queue().getQueueUrl())
                        .with(EVENT_BUS, OwnEvents.BUS)
                        .toEnvironment());
        LiveFunction function = new QueueFunction(scope, deployment, spec.looping(), orders, BATCHING).function();
        // the first: what a plan paid for an order is settled once, by whoever deletes the note of it
        table.grant(
                function,
                "dynamodb:DeleteItem",
                "dynamodb:GetItem",
                "dynamodb:PutItem",
                "dynamodb:Query",
                "dynamodb:UpdateItem");
        // the last two: a fetch for a tag that is not cached imports it, and creates its repository. ListImageReferrers
        // is
        // allowed by BatchGetImage (ECR API reference), and what it imports by BatchImportUpstreamImage
        function.allow(
                List.of(
                        "ecr:BatchCheckLayerAvailability",
                        "ecr:BatchDeleteImage",
                        "ecr:BatchGetImage",
                        "ecr:PutImage",
                        "ecr:BatchImportUpstreamImage",
                        "ecr:CreateRepository"),
                deployment.cachedRepositories());
        orders.grantSend(function);
        // asks upstreams itself: what a tag points at, and whether the digest that landed is theirs
        UpstreamSecrets.grantRead(deployment, function);
        OwnEvents.grantPut(deployment, function);
        return function;
    }
}
