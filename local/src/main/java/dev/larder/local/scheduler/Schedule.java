package dev.larder.local.scheduler;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.local.bus.Deliveries;
import dev.larder.local.clock.Due;
import dev.larder.local.front.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/** A schedule, as it was deployed, with what it does when its time has come. */
final class Schedule implements Due {
    private final Definition definition;
    private final ScheduleExpression expression;
    private final Deliveries deliveries;
    private volatile Optional<Instant> next;

    /** @param now times before it are not caught up */
    Schedule(Definition definition, ScheduleExpression expression, Instant now, Deliveries deliveries) {
        this.definition = definition;
        this.expression = expression;
        this.deliveries = deliveries;
        this.next = definition.enabled() ? expression.nextAfter(now) : Optional.empty();
    }

    Definition definition() {
        return definition;
    }

    @Override
    public Optional<Instant> next() {
        return next;
    }

    @Override
    public void run(Instant at) {
        next = expression.nextAfter(at);
        deliveries.deliver(definition.targetArn(), definition.inputAt(at));
    }

    /**
     * What a template says of a schedule.
     *
     * @param input the target's input with its context attributes still in it
     */
    record Definition(
            String group,
            String name,
            String arn,
            String expression,
            String zone,
            boolean enabled,
            String targetArn,
            String roleArn,
            String input) {
        String inputAt(Instant time) {
            return input.replace("<aws.scheduler.schedule-arn>", arn)
                    .replace(
                            "<aws.scheduler.scheduled-time>",
                            time.truncatedTo(ChronoUnit.SECONDS).toString())
                    .replace("<aws.scheduler.execution-id>", UUID.randomUUID().toString())
                    .replace("<aws.scheduler.attempt-number>", "1");
        }

        ObjectNode describe() {
            ObjectNode answer = summary().put("ScheduleExpression", expression).put("ScheduleExpressionTimezone", zone);
            answer.putObject("FlexibleTimeWindow").put("Mode", "OFF");
            answer.putObject("Target")
                    .put("Arn", targetArn)
                    .put("RoleArn", roleArn)
                    .put("Input", input);
            return answer;
        }

        ObjectNode summary() {
            ObjectNode answer = Json.object().put("Name", name).put("GroupName", group);
            answer.put("Arn", arn).put("State", enabled ? "ENABLED" : "DISABLED");
            answer.putObject("Target").put("Arn", targetArn);
            return answer;
        }
    }
}
