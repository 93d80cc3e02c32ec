package dev.larder.infra;

import static dev.larder.config.EnvironmentVariables.EVENT_BUS;

import dev.larder.config.LarderConfig;
import dev.larder.config.LifecycleSettings;
import dev.larder.config.UpstreamSettings;
import dev.larder.config.WarmSettings;
import java.util.List;
import software.amazon.awscdk.Duration;
import software.constructs.Construct;

/** The sweep that evicts what nobody pulls. */
final class LifecycleEnforcing {
    static final String FUNCTION = "LifecycleEnforcer";
    static final String TASK = "sweep-lifecycle";

    private static final Duration TIMEOUT = Duration.minutes(15);

    private LifecycleEnforcing() {}

    static void declare(Construct scope, Deployment deployment, RecordTable table, PullTimeExclusions exclusions) {
        LarderConfig config = deployment.config();
        FunctionSpec spec = new FunctionSpec(
                FUNCTION,
                "dev.larder.functions.lifecycle.LifecycleEnforcer",
                TIMEOUT,
                Settings.of(table)
                        .with(UpstreamSettings.toEnvironment(config.upstreams()))
                        .with(WarmSettings.toEnvironment(deployment.warm()))
                        .with(LifecycleSettings.toEnvironment(config.lifecycle()))
                        .with(EVENT_BUS, OwnEvents.BUS)
                        .toEnvironment());
        LiveFunction function = new ScheduledFunction(
                        scope,
                        deployment,
                        spec,
                        List.of(TaskSchedule.only(config.lifecycle().schedule(), TASK)))
                .function();
        table.grant(
                function,
                "dynamodb:BatchWriteItem",
                "dynamodb:DeleteItem",
                "dynamodb:GetItem",
                "dynamodb:PutItem",
                "dynamodb:Query",
                "dynamodb:UpdateItem");
        // knows no prefix: who lists repositories asks for all of them
        function.allow(List.of("ecr:DescribeRepositories"), List.of(deployment.arn("ecr", "repository/*")));
        function.allow(
                List.of("ecr:BatchDeleteImage", "ecr:BatchGetImage", "ecr:DescribeImages"),
                deployment.cachedRepositories());
        DesiredState.grant(deployment, function);
        OwnEvents.grantPut(deployment, function);
        exclusions.add(FUNCTION, function);
    }
}
