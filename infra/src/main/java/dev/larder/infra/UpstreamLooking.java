package dev.larder.infra;

import static dev.larder.config.EnvironmentVariables.EVENT_BUS;

import dev.larder.config.LarderConfig;
import dev.larder.config.UpstreamSettings;
import dev.larder.config.UsageSettings;
import dev.larder.config.WarmSettings;
import java.util.List;
import software.amazon.awscdk.Duration;
import software.constructs.Construct;

/** Looking at what is new at upstreams, and at whether ECR's rules for them work. It asks ECR for no image. */
final class UpstreamLooking {
    static final String FUNCTION = "UpstreamLookout";

    static final TaskSchedule VALIDATE = new TaskSchedule("Validate", "rate(1 day)", "validate-rules");

    /** How many rules did not work when ECR last tried them. */
    static final String RULE_INVALID = "RuleInvalid";

    private static final Duration TIMEOUT = Duration.minutes(10);

    private UpstreamLooking() {}

    static void declare(Construct scope, Deployment deployment, RecordTable table) {
        LarderConfig config = deployment.config();
        FunctionSpec spec = new FunctionSpec(
                FUNCTION,
                "dev.larder.functions.lookout.UpstreamLookout",
                TIMEOUT,
                Settings.of(table)
                        .with(UpstreamSettings.toEnvironment(config.upstreams()))
                        .with(UsageSettings.toEnvironment(config.usage()))
                        .with(WarmSettings.toEnvironment(deployment.warm()))
                        .with(EVENT_BUS, OwnEvents.BUS)
                        .toEnvironment());
        // as often as warming is planned: no plan would read more of what was seen
        TaskSchedule look = new TaskSchedule("Look", config.warm().schedule(), "look-upstream");
        ScheduledFunction scheduled = new ScheduledFunction(scope, deployment, spec, List.of(look, VALIDATE));
        LiveFunction function = scheduled.function();
        // the first two: a list of tags is kept in parts, written anew and the old ones deleted
        table.grant(
                function,
                "dynamodb:BatchWriteItem",
                "dynamodb:DeleteItem",
                "dynamodb:GetItem",
                "dynamodb:PutItem",
                "dynamodb:Query",
                "dynamodb:UpdateItem");
        // takes no resource: ECR has none for rules (inferred from its API, which knows a rule by its prefix alone)
        function.allow(List.of("ecr:ValidatePullThroughCacheRule"), List.of("*"));
        UpstreamSecrets.grantRead(deployment, function);
        OwnEvents.grantPut(deployment, function);
        new MetricAlarm(
                        FUNCTION,
                        RULE_INVALID,
                        "Maximum",
                        Duration.hours(1),
                        2,
                        "ECR cannot use the credentials of a pull-through cache rule, so that nothing new can be pulled or"
                                + " warmed from its upstream. ./larder status says which and why: mend the secret's value,"
                                + " then have the rules tried again (docs/operations.md, Cache rules).")
                .declare(scheduled, deployment);
    }
}
