package dev.larder.infra;

import static dev.larder.config.EnvironmentVariables.PULLS_DEAD_LETTERS_QUEUE_URL;

import dev.larder.config.LarderConfig;
import dev.larder.config.UpstreamSettings;
import dev.larder.config.UsageSettings;
import java.util.List;
import software.amazon.awscdk.Duration;
import software.constructs.Construct;

/**
 * The upkeep of the usage record: rolling up days that are over, and comparing the record with what else is known of
 * pulls. It reads no manifest, so that it leaves ECR's pull times alone without being excluded from them.
 */
final class UsageKeeping {
    static final String FUNCTION = "UsageKeeper";

    static final TaskSchedule ROLL_UP = new TaskSchedule("RollUp", "rate(1 hour)", "roll-up-usage");
    static final TaskSchedule RECONCILE = new TaskSchedule("Reconcile", "rate(6 hours)", "reconcile-usage");

    private static final Duration TIMEOUT = Duration.minutes(15);

    private UsageKeeping() {}

    /**
     * Declares it.
     *
     * @param pulls the queue whose dead letters are pulls that the record lacks
     */
    static void declare(Construct scope, Deployment deployment, RecordTable table, DeadLetteredQueue pulls) {
        LarderConfig config = deployment.config();
        FunctionSpec spec = new FunctionSpec(
                FUNCTION,
                "dev.larder.functions.usage.UsageKeeper",
                TIMEOUT,
                Settings.of(table)
                        .with(UpstreamSettings.toEnvironment(config.upstreams()))
                        .with(UsageSettings.toEnvironment(config.usage()))
                        .with(PULLS_DEAD_LETTERS_QUEUE_URL, pulls.deadLetters().getQueueUrl())
                        .toEnvironment());
        LiveFunction function = new ScheduledFunction(scope, deployment, spec, List.of(ROLL_UP, RECONCILE)).function();
        table.grant(
                function,
                "dynamodb:DeleteItem",
                "dynamodb:GetItem",
                "dynamodb:PutItem",
                "dynamodb:Query",
                "dynamodb:UpdateItem");
        // knows no prefix: who lists repositories asks for all of them
        function.allow(List.of("ecr:DescribeRepositories"), List.of(deployment.arn("ecr", "repository/*")));
        function.allow(List.of("ecr:DescribeImages"), deployment.cachedRepositories());
        pulls.grantCountDeadLetters(function);
        allowTrails(deployment, function);
        new UsageAlarms(scope, "UsageAlarms", deployment);
    }

    /**
     * Lets it read which trails log what. {@code DescribeTrails} takes no resource; the others take a trail (Service
     * Authorization Reference, CloudTrail), which may have its home in another region, or in the organization's
     * management account.
     */
    private static void allowTrails(Deployment deployment, LiveFunction function) {
        function.allow(List.of("cloudtrail:DescribeTrails"), List.of("*"));
        function.allow(
                List.of("cloudtrail:GetEventSelectors", "cloudtrail:GetTrailStatus"),
                List.of("arn:" + deployment.partition() + ":cloudtrail:*:*:trail/*"));
    }
}
