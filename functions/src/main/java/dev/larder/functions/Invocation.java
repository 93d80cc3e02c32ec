package dev.larder.functions;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.larder.events.Event;
import dev.larder.events.EventParser;
import dev.larder.events.MalformedEventException;
import dev.larder.events.ScheduledRun;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What Scheduler sends to a function, and what it answers. */
public final class Invocation {
    private Invocation() {}

    /**
     * Reads a scheduled run.
     *
     * @throws IOException when the input is no run of this task: a mistake in the template, that the invocation's failure
     *     shows
     */
    public static ScheduledRun read(InputStream input, ScheduledRun.Task task) throws IOException {
        return read(input, Set.of(task));
    }

    /**
     * Reads a scheduled run of one of these tasks.
     *
     * @throws IOException when the input is something else
     */
    public static ScheduledRun read(InputStream input, Set<ScheduledRun.Task> tasks) throws IOException {
        String expected = tasks.stream().map(ScheduledRun.Task::id).sorted().collect(Collectors.joining(" or "));
        String text = new String(input.readAllBytes(), StandardCharsets.UTF_8);
        try {
            Event event = EventParser.parse(text);
            if (event instanceof ScheduledRun run && tasks.contains(run.task())) {
                return run;
            }
            throw new IOException("expected a scheduled run of " + expected + ", found " + event);
        } catch (MalformedEventException e) {
            throw new IOException("expected a scheduled run of " + expected + ": " + e.getMessage(), e);
        }
    }

    /** Writes the answer. */
    public static void write(OutputStream output, Map<String, ?> answer) throws IOException {
        output.write(JSON.std.asBytes(answer));
    }
}
