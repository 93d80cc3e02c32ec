package dev.larder.functions.lookout;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.larder.config.EnvironmentVariables;
import dev.larder.config.UpstreamSettings;
import dev.larder.events.ScheduledRun;
import dev.larder.functions.AwsClients;
import dev.larder.functions.Invocation;
import dev.larder.functions.bus.EventBridgeBus;
import dev.larder.functions.bus.Metrics;
import dev.larder.functions.ecr.EcrRuleValidator;
import dev.larder.functions.table.Table;
import dev.larder.functions.upstream.DynamoDbRuleChecks;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;

/**
 * Lambda handler: on one schedule, looks at what is new at upstreams; on another, has ECR try the credentials of its rules.
 * Answers with what came of it.
 */
public final class UpstreamLookout implements RequestStreamHandler {
    private final RuleValidation rules;
    private final InstantSource clock;
    private final Metrics metrics = new Metrics("UpstreamLookout", System.out::println);

    /** The real wiring, from the environment. */
    public UpstreamLookout() {
        this(wire(System.getenv()), InstantSource.system());
    }

    /** Takes what validates rules. */
    public UpstreamLookout(RuleValidation rules, InstantSource clock) {
        this.rules = rules;
        this.clock = clock;
    }

    private static RuleValidation wire(Map<String, String> environment) {
        return new RuleValidation(
                UpstreamSettings.fromEnvironment(environment),
                new EcrRuleValidator(AwsClients.ecr()),
                new DynamoDbRuleChecks(
                        new Table(AwsClients.dynamoDb(), AwsClients.required(environment, EnvironmentVariables.TABLE))),
                new EventBridgeBus(
                        AwsClients.eventBridge(), AwsClients.required(environment, EnvironmentVariables.EVENT_BUS)));
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        ScheduledRun run =
                Invocation.read(input, Set.of(ScheduledRun.Task.LOOK_UPSTREAM, ScheduledRun.Task.VALIDATE_RULES));
        metrics.add(Metrics.RECEIVED, 1);
        Map<String, ?> answer = run.task() == ScheduledRun.Task.VALIDATE_RULES ? validate() : look();
        // in each run, so that the alarm has a fresh figure all day long
        metrics.add(Metrics.RULE_INVALID, rules.invalid());
        metrics.add(Metrics.HANDLED, 1);
        metrics.flush(clock.instant());
        Invocation.write(output, answer);
    }

    private static Map<String, ?> look() {
        return Map.of("looked", 0);
    }

    private Map<String, ?> validate() {
        RuleValidation.Outcome outcome = rules.validate(clock.instant());
        outcome.undecided().forEach(System.out::println);
        return Map.of(
                "checked", outcome.checked(), "undecided", outcome.undecided().size(), "invalid", rules.invalid());
    }
}
