package dev.larder.infra;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.larder.infra.Template.Resource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchedulesTest {
    private final Template template = Synthesized.account();

    @ParameterizedTest
    @CsvSource({
        "WarmPlanner, WarmPlanner, plan-warming, rate(1 hour)",
        "UpstreamLookout-Look, UpstreamLookout, look-upstream, rate(1 hour)",
        "UpstreamLookout-Validate, UpstreamLookout, validate-rules, rate(1 day)",
        "UsageKeeper-RollUp, UsageKeeper, roll-up-usage, rate(1 hour)",
        "UsageKeeper-Reconcile, UsageKeeper, reconcile-usage, rate(6 hours)",
        "LifecycleEnforcer, LifecycleEnforcer, sweep-lifecycle, cron(0 3 * * ? *)"
    })
    void eachScheduleInvokesTheAliasOnTheDot(String name, String function, String task, String expression) {
        JsonNode schedule = template.resource("AWS::Scheduler::Schedule", "Name", "platform-cache-" + name)
                .properties();
        assertEquals(expression, schedule.path("ScheduleExpression").asText());
        assertEquals("UTC", schedule.path("ScheduleExpressionTimezone").asText());
        assertEquals("{\"Mode\":\"OFF\"}", schedule.path("FlexibleTimeWindow").toString());
        JsonNode target = schedule.path("Target");
        Resource alias = template.target(target.path("Arn"));
        assertEquals("live", alias.text("Name"));
        assertEquals(
                "platform-cache-" + function,
                template.target(alias.properties().path("FunctionName")).text("FunctionName"));
        assertEquals(
                "{\"source\":\"larder.scheduler\",\"task\":\"" + task
                        + "\",\"scheduledTime\":\"<aws.scheduler.scheduled-time>\""
                        + ",\"executionId\":\"<aws.scheduler.execution-id>\""
                        + ",\"attempt\":\"<aws.scheduler.attempt-number>\"}",
                target.path("Input").asText());
        assertEquals(5, target.path("RetryPolicy").path("MaximumRetryAttempts").asInt());
        assertEquals(
                3600,
                target.path("RetryPolicy").path("MaximumEventAgeInSeconds").asInt());
    }

    @ParameterizedTest
    @CsvSource({
        "WarmPlanner, WarmPlanner",
        "UpstreamLookout-Look, UpstreamLookout",
        "UpstreamLookout-Validate, UpstreamLookout",
        "UsageKeeper-RollUp, UsageKeeper",
        "UsageKeeper-Reconcile, UsageKeeper",
        "LifecycleEnforcer, LifecycleEnforcer"
    })
    void whatCannotBeDeliveredAndWhatFailsEndsInTheSameDeadLetters(String name, String function) {
        JsonNode schedule = template.resource("AWS::Scheduler::Schedule", "Name", "platform-cache-" + name)
                .properties();
        JsonNode undelivered = schedule.path("Target").path("DeadLetterConfig").path("Arn");
        JsonNode failed = template.resource("AWS::Lambda::Function", "FunctionName", "platform-cache-" + function)
                .properties()
                .path("DeadLetterConfig")
                .path("TargetArn");
        assertEquals(undelivered, failed);
        assertEquals(
                "platform-cache-" + function + "-DeadLetters",
                template.target(failed).text("QueueName"));
    }
}
