package dev.larder.infra;

import static dev.larder.config.EnvironmentVariables.LIFECYCLE_WORK_QUEUE_URL;
import static dev.larder.config.EnvironmentVariables.WARM_ORDERS_QUEUE_URL;

import dev.larder.config.LarderConfig;
import dev.larder.config.UpstreamSettings;
import dev.larder.config.WarmSettings;
import software.amazon.awscdk.Duration;
import software.constructs.Construct;

/** ECR's events about cached repositories, and other cells' about what is popular there, on their way to the handler that keeps track of what is cached. */
final class CacheEventHandling {
    static final String FUNCTION = "CacheEventHandler";

    private static final Duration TIMEOUT = Duration.seconds(60);
    private static final Batching BATCHING = Batching.of(100, Duration.seconds(1));

    private CacheEventHandling() {}

    /** @param lifecycleWork where repositories wait that could not be set up at once */
    static void declare(
            Construct scope,
            Deployment deployment,
            RecordTable table,
            DeadLetteredQueue warmOrders,
            DeadLetteredQueue lifecycleWork) {
        LarderConfig config = deployment.config();
        DeadLetteredQueue queue = new DeadLetteredQueue(scope, "CacheEvents", deployment, TIMEOUT);
        EventRules.cacheEvents(scope, deployment, queue);
        EventRules.repositoryCreations(scope, deployment, queue);
        CellExchange.declare(scope, deployment, queue);
        FunctionSpec spec = new FunctionSpec(
                FUNCTION,
                "dev.larder.functions.cache.CacheEventHandler",
                TIMEOUT,
                Settings.of(table)
                        .with(UpstreamSettings.toEnvironment(config.upstreams()))
                        .with(WarmSettings.toEnvironment(deployment.warm()))
                        .with(WARM_ORDERS_QUEUE_URL, warmOrders.queue().getQueueUrl())
                        .with(LIFECYCLE_WORK_QUEUE_URL, lifecycleWork.queue().getQueueUrl())
                        .toEnvironment());
        LiveFunction function = new QueueFunction(scope, deployment, spec, queue, BATCHING).function();
        // the first: what another cell wants comes many images at a time
        table.grant(
                function,
                "dynamodb:DeleteItem",
                "dynamodb:GetItem",
                "dynamodb:PutItem",
                "dynamodb:Query",
                "dynamodb:UpdateItem");
        warmOrders.grantSend(function);
        lifecycleWork.grantSend(function);
        DesiredState.grant(deployment, function);
    }
}
