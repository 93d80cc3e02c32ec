package dev.larder.infra;

import java.util.List;
import java.util.Optional;
import software.constructs.Construct;

/**
 * A function that schedules fire, one for each of its tasks. When an invocation fails for good, or cannot even be made,
 * its event is in the dead letters, which say the task.
 */
final class ScheduledFunction extends Construct {
    private final LiveFunction function;

    ScheduledFunction(Construct scope, Deployment deployment, FunctionSpec spec, List<TaskSchedule> schedules) {
        super(scope, spec.id());
        String name = deployment.physicalName(spec.id());
        DeadLetters deadLetters = new DeadLetters(this, "DeadLetters", name + "-DeadLetters");
        function = new LiveFunction(this, "Live", deployment, spec, Optional.of(deadLetters));
        for (TaskSchedule schedule : schedules) {
            new FunctionSchedule(
                    this, "Schedule" + schedule.id(), deployment, schedule.name(name), schedule, function, deadLetters);
        }
    }

    /** The function itself, to be granted what it needs. */
    LiveFunction function() {
        return function;
    }
}
