package dev.larder.local.scheduler;

import com.fasterxml.jackson.databind.JsonNode;
import dev.larder.local.template.Deployed;
import dev.larder.local.template.Resource;
import dev.larder.local.template.ResourceType;
import java.io.IOException;
import java.time.DateTimeException;
import java.util.Set;

/**
 * Schedules without a flexible window. Retries and the dead-letter queue of a target are known and change nothing:
 * handing an invocation to Lambda does not fail here, and what Lambda does then is its own.
 */
public record ScheduleType(Schedules schedules) implements ResourceType {
    @Override
    public String name() {
        return "AWS::Scheduler::Schedule";
    }

    @Override
    public Set<String> properties() {
        return Set.of(
                "Description",
                "FlexibleTimeWindow.Mode",
                "GroupName",
                "Name",
                "ScheduleExpression",
                "ScheduleExpressionTimezone",
                "State",
                "Target.Arn",
                "Target.DeadLetterConfig.Arn",
                "Target.Input",
                "Target.RetryPolicy.MaximumEventAgeInSeconds",
                "Target.RetryPolicy.MaximumRetryAttempts",
                "Target.RoleArn");
    }

    @Override
    public Deployed deploy(Resource resource) throws IOException {
        JsonNode target = resource.get("Target");
        if (!resource.get("FlexibleTimeWindow").path("Mode").asText().equals("OFF")) {
            throw resource.broken(
                    "has a flexible time window; the local cloud fires at the exact time only (Mode OFF)");
        }
        if (!target.path("Input").isTextual()) {
            throw resource.broken(
                    "has no Target.Input; the local cloud sends what the template says, and nothing else");
        }
        String group = resource.text("GroupName").orElse("default");
        String name = resource.nameOr("Name", 64);
        String arn = resource.arn("scheduler", "schedule/" + group + "/" + name);
        try {
            schedules.add(new Schedule.Definition(
                    group,
                    name,
                    arn,
                    resource.required("ScheduleExpression"),
                    resource.text("ScheduleExpressionTimezone").orElse("UTC"),
                    resource.text("State").orElse("ENABLED").equals("ENABLED"),
                    target.path("Arn").asText(),
                    target.path("RoleArn").asText(),
                    target.path("Input").asText()));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw resource.broken("has a schedule that does not work: " + e.getMessage());
        }
        return Deployed.withArn(name, arn);
    }
}
