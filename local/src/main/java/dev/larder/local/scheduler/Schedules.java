package dev.larder.local.scheduler;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.local.aws.AwsException;
import dev.larder.local.bus.Deliveries;
import dev.larder.local.clock.TimeMachine;
import dev.larder.local.front.AwsService;
import dev.larder.local.front.Call;
import dev.larder.local.front.Json;
import dev.larder.local.front.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import java.util.TreeMap;

/** EventBridge Scheduler: schedules come from the templates, are fired by the movable clock, and can be read. */
public final class Schedules implements AwsService {
    private final Path file;
    private final ObjectNode since;
    private final InstantSource clock;
    private final TimeMachine time;
    private final Deliveries deliveries;
    private final Map<String, Schedule> schedules = new TreeMap<>();

    private Schedules(Path file, ObjectNode since, InstantSource clock, TimeMachine time, Deliveries deliveries) {
        this.file = file;
        this.since = since;
        this.clock = clock;
        this.time = time;
        this.deliveries = deliveries;
    }

    /**
     * Opens the scheduler.
     *
     * @param file keeps since when each schedule exists, so that a restart does not shift a rate
     * @throws IOException when it cannot be read
     */
    public static Schedules open(Path file, InstantSource clock, TimeMachine time, Deliveries deliveries)
            throws IOException {
        ObjectNode since = Files.exists(file) ? Json.read(Files.readString(file)) : Json.object();
        return new Schedules(file, since, clock, time, deliveries);
    }

    synchronized void add(Schedule.Definition definition) throws IOException {
        Instant now = clock.instant();
        String start = since.path(definition.arn()).asText(now.toString());
        ScheduleExpression expression =
                ScheduleExpression.parse(definition.expression(), ZoneId.of(definition.zone()), Instant.parse(start));
        since.put(definition.arn(), start);
        Files.writeString(file, since.toString());
        Schedule schedule = new Schedule(definition, expression, now, deliveries);
        schedules.put(definition.group() + "/" + definition.name(), schedule);
        time.add(schedule);
    }

    /** Name and next time of each schedule. */
    public synchronized ObjectNode status() {
        ObjectNode status = Json.object();
        schedules
                .values()
                .forEach(schedule -> status.put(
                        schedule.definition().name(),
                        schedule.next().map(Instant::toString).orElse("never")));
        return status;
    }

    @Override
    public synchronized Reply handle(Call call) {
        String[] path = call.path().substring(1).split("/", -1);
        if (!call.method().equals("GET") || !path[0].equals("schedules") || path.length > 2) {
            throw new AwsException(
                    400,
                    "ValidationException",
                    "the local cloud's Scheduler has GetSchedule and ListSchedules, not " + call.method() + " "
                            + call.path() + "; schedules come from the templates");
        }
        return Reply.rest(200, path.length == 1 ? list() : get(call, Reply.decode(path[1])));
    }

    private ObjectNode list() {
        ObjectNode answer = Json.object();
        ArrayNode list = answer.putArray("Schedules");
        schedules.values().forEach(schedule -> list.add(schedule.definition().summary()));
        return answer;
    }

    private ObjectNode get(Call call, String name) {
        String key = call.parameters().getOrDefault("groupName", "default") + "/" + name;
        Schedule schedule = schedules.get(key);
        if (schedule == null) {
            throw new AwsException(404, "ResourceNotFoundException", "Schedule " + name + " does not exist.");
        }
        return schedule.definition().describe();
    }
}
