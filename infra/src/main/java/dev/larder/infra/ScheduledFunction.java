package dev.larder.infra;

import java.util.Optional;
import software.constructs.Construct;

/**
 * A function that a schedule fires. When an invocation fails for good, or cannot even be made, its event is in the
 * dead letters.
 */
final class ScheduledFunction extends Construct {
    private final LiveFunction function;

    /**
     * Declares the function and its schedule.
     *
     * @param expression {@code rate(...)} or {@code cron(...)}
     * @param task what the event says is to be done
     */
    ScheduledFunction(Construct scope, Deployment deployment, FunctionSpec spec, String expression, String task) {
        super(scope, spec.id());
        String name = deployment.physicalName(spec.id());
        DeadLetters deadLetters = new DeadLetters(this, "DeadLetters", name + "-DeadLetters");
        function = new LiveFunction(this, "Live", deployment, spec, Optional.of(deadLetters));
        new FunctionSchedule(this, "Schedule", deployment, name, expression, task, function, deadLetters);
    }

    /** The function itself, to be granted what it needs. */
    LiveFunction function() {
        return function;
    }
}
