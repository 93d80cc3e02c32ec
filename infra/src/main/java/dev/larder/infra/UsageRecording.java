package dev.larder.infra;

import static dev.larder.config.EnvironmentVariables.OWN_ROLES;

import dev.larder.config.UpstreamSettings;
import dev.larder.config.UsageSettings;
import software.amazon.awscdk.Duration;
import software.constructs.Construct;

/** Pulls, on their way from CloudTrail into the usage record. */
final class UsageRecording {
    static final String FUNCTION = "UsageRecorder";

    private static final Duration TIMEOUT = Duration.seconds(60);
    private static final Batching BATCHING = Batching.of(500, Duration.seconds(5));

    private UsageRecording() {}

    /** Declares them, and gives the queue of pulls. */
    static DeadLetteredQueue declare(Construct scope, Deployment deployment, RecordTable table) {
        DeadLetteredQueue queue = new DeadLetteredQueue(scope, "Pulls", deployment, TIMEOUT);
        EventRules.pulls(scope, deployment, queue);
        FunctionSpec spec = new FunctionSpec(
                FUNCTION,
                "dev.larder.functions.usage.UsageRecorder",
                TIMEOUT,
                Settings.of(table)
                        .with(UpstreamSettings.toEnvironment(deployment.config().upstreams()))
                        .with(UsageSettings.toEnvironment(deployment.config().usage()))
                        .with(OWN_ROLES, String.join(",", CellStack.ownRoles(deployment)))
                        .toEnvironment());
        LiveFunction function = new QueueFunction(scope, deployment, spec, queue, BATCHING).function();
        table.grant(function, "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem");
        return queue;
    }
}
