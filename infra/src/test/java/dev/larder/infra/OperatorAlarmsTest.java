package dev.larder.infra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperatorAlarmsTest {
    private static final Path FUNCTIONS = Path.of("../functions/src/main/java/dev/larder/functions");

    private final Template template = Synthesized.account();

    /** Each run of an hour, or one run: a pin has an hour to become warm, a rule that is broken stays so. */
    @ParameterizedTest
    @CsvSource({
        "PinnedNotWarm, WarmPlanner, Minimum, 1, ./larder status",
        "RuleInvalid, UpstreamLookout, Maximum, 2, ./larder status",
        "EvictionStopped, LifecycleWorker, Maximum, 1, ./larder runs",
        "EvictionFailed, LifecycleWorker, Maximum, 1, ./larder runs",
        "SweepAbandoned, LifecycleEnforcer, Maximum, 1, ./larder runs"
    })
    void anHourWithOneOrMoreRaisesTheAlarm(
            String metric, String function, String statistic, int periods, String command) {
        JsonNode alarm = template.resource("AWS::CloudWatch::Alarm", "MetricName", metric)
                .properties();
        assertEquals(
                "platform-cache-" + function + "-" + metric,
                alarm.path("AlarmName").asText());
        assertEquals("Larder", alarm.path("Namespace").asText());
        assertEquals(
                "[{\"Name\":\"Function\",\"Value\":\"platform-cache-" + function + "\"}]",
                alarm.path("Dimensions").toString());
        assertEquals(statistic, alarm.path("Statistic").asText());
        assertEquals(60 * 60, alarm.path("Period").asInt());
        assertEquals(
                "GreaterThanOrEqualToThreshold",
                alarm.path("ComparisonOperator").asText());
        assertEquals(1, alarm.path("Threshold").asInt());
        assertEquals(1, alarm.path("DatapointsToAlarm").asInt());
        assertEquals(periods, alarm.path("EvaluationPeriods").asInt());
        assertEquals("notBreaching", alarm.path("TreatMissingData").asText());
        assertTrue(alarm.path("AlarmDescription").asText().contains(command));
    }

    @ParameterizedTest
    @CsvSource({
        "PINNED_NOT_WARM, PinnedNotWarm, warm/WarmPlanner.java, WarmPlanner",
        "RULE_INVALID, RuleInvalid, lookout/UpstreamLookout.java, UpstreamLookout",
        "EVICTION_STOPPED, EvictionStopped, lifecycle/LifecycleWorker.java, LifecycleWorker",
        "EVICTION_FAILED, EvictionFailed, lifecycle/LifecycleWorker.java, LifecycleWorker",
        "SWEEP_ABANDONED, SweepAbandoned, lifecycle/LifecycleEnforcer.java, LifecycleEnforcer"
    })
    void theMetricsAreThoseThatTheFunctionsWrite(String constant, String metric, String handler, String function)
            throws IOException {
        String metrics = Files.readString(FUNCTIONS.resolve("bus/Metrics.java"));
        assertTrue(metrics.contains("String " + constant + " = \"" + metric + "\";"), constant);
        assertTrue(
                Files.readString(FUNCTIONS.resolve(handler))
                        .contains("Metrics.of(\"" + function + "\", System.getenv())"),
                function + "'s dimension");
    }
}
