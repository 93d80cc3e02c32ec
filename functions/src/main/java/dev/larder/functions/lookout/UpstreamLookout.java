package dev.larder.functions.lookout;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.larder.events.ScheduledRun;
import dev.larder.functions.Invocation;
import dev.larder.functions.bus.Metrics;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Lambda handler: on one schedule, looks at what is new at upstreams; on another, has ECR try the credentials of its rules.
 * Answers with what came of it.
 */
public final class UpstreamLookout implements RequestStreamHandler {
    private final RuleValidation rules;
    private final Supplier<LookOutcome> looking;
    private final InstantSource clock;
    private final Metrics metrics = Metrics.of("UpstreamLookout", System.getenv());

    /** The real wiring, from the environment. */
    public UpstreamLookout() {
        this(
                LookoutWiring.rules(System.getenv()),
                LookoutWiring.looking(System.getenv(), InstantSource.system())::look,
                InstantSource.system());
    }

    /** Takes what validates rules, and what looks. */
    public UpstreamLookout(RuleValidation rules, Supplier<LookOutcome> looking, InstantSource clock) {
        this.rules = rules;
        this.looking = looking;
        this.clock = clock;
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

    private Map<String, ?> look() {
        LookOutcome outcome = looking.get();
        outcome.putOff().forEach(System.out::println);
        return Map.of(
                "lists", outcome.lists(),
                "tags", outcome.heads(),
                "putOff", outcome.putOff().size());
    }

    private Map<String, ?> validate() {
        RuleValidation.Outcome outcome = rules.validate(clock.instant());
        outcome.undecided().forEach(System.out::println);
        return Map.of(
                "checked", outcome.checked(), "undecided", outcome.undecided().size(), "invalid", rules.invalid());
    }
}
