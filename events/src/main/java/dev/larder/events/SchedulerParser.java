package dev.larder.events;

import dev.larder.events.ScheduledRun.Task;
import java.util.Optional;

/** Reads the input that Larder's own schedules give to Scheduler. */
final class SchedulerParser {
    private SchedulerParser() {}

    static Event parse(JsonObject root) throws MalformedEventException {
        String id = root.text("task");
        Optional<Task> task = Task.of(id);
        if (task.isEmpty()) {
            return new Ignored("task '" + id + "' is none of Larder's");
        }
        return new ScheduledRun(
                task.get(),
                root.instant("scheduledTime"),
                root.text("executionId"),
                root.value("attempt", "a number in quotes, from 1", SchedulerParser::attempt));
    }

    private static int attempt(String text) {
        if (!text.matches("[1-9][0-9]{0,8}")) {
            throw new IllegalArgumentException("not an attempt: '" + text + "'; expected a whole number from 1");
        }
        return Integer.parseInt(text);
    }
}
