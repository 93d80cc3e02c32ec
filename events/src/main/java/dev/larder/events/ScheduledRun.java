package dev.larder.events;

import java.time.Instant;
import java.util.Optional;

/**
 * EventBridge Scheduler asks for a task. The text is Larder's own, with Scheduler's context attributes
 * ({@code <aws.scheduler.scheduled-time>} and so on) filled in.
 *
 * @param scheduledTime when it was due; a retry carries the same time
 * @param executionId unique for an invocation of the target
 * @param attempt 1 for the first
 */
public record ScheduledRun(Task task, Instant scheduledTime, String executionId, int attempt) implements Event {
    /** The {@code source} of every scheduled run. */
    public static final String SOURCE = "larder.scheduler";

    /** What to do. */
    public enum Task {
        PLAN_WARMING("plan-warming"),
        SWEEP_LIFECYCLE("sweep-lifecycle"),
        ROLL_UP_USAGE("roll-up-usage"),
        RECONCILE_USAGE("reconcile-usage"),
        LOOK_UPSTREAM("look-upstream"),
        VALIDATE_RULES("validate-rules");

        private final String id;

        Task(String id) {
            this.id = id;
        }

        /** The name in the JSON. */
        public String id() {
            return id;
        }

        static Optional<Task> of(String id) {
            for (Task task : values()) {
                if (task.id.equals(id)) {
                    return Optional.of(task);
                }
            }
            return Optional.empty();
        }
    }
}
