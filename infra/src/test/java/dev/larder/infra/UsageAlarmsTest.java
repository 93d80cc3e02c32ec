package dev.larder.infra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsageAlarmsTest {
    private static final Path FUNCTIONS = Path.of("../functions/src/main/java/dev/larder/functions");

    private final Template template = Synthesized.account();

    @ParameterizedTest
    @ValueSource(strings = {"TrailMissing", "RecordGaps"})
    void oneReconciliationThatFindsSomethingRaisesTheAlarm(String metric) {
        JsonNode alarm = template.resource("AWS::CloudWatch::Alarm", "MetricName", metric)
                .properties();
        assertEquals(
                "platform-cache-UsageKeeper-" + metric, alarm.path("AlarmName").asText());
        assertEquals("Larder", alarm.path("Namespace").asText());
        assertEquals(
                "[{\"Name\":\"Function\",\"Value\":\"platform-cache-UsageKeeper\"}]",
                alarm.path("Dimensions").toString());
        assertEquals("Maximum", alarm.path("Statistic").asText());
        assertEquals(6 * 60 * 60, alarm.path("Period").asInt());
        assertEquals(
                "GreaterThanOrEqualToThreshold",
                alarm.path("ComparisonOperator").asText());
        assertEquals(1, alarm.path("Threshold").asInt());
        assertEquals(1, alarm.path("DatapointsToAlarm").asInt());
        assertEquals(2, alarm.path("EvaluationPeriods").asInt());
        assertEquals("notBreaching", alarm.path("TreatMissingData").asText());
    }

    @Test
    void theMetricsAreThoseThatTheFunctionWrites() throws IOException {
        String metrics = Files.readString(FUNCTIONS.resolve("bus/Metrics.java"));
        for (String constant : new String[] {
            "NAMESPACE = \"" + MetricAlarm.NAMESPACE + "\"",
            "FUNCTION = \"" + MetricAlarm.DIMENSION + "\"",
            "TRAIL_MISSING = \"" + UsageAlarms.TRAIL_MISSING + "\"",
            "RECORD_GAPS = \"" + UsageAlarms.RECORD_GAPS + "\""
        }) {
            assertTrue(metrics.contains("String " + constant + ";"), constant);
        }
        String keeper = Files.readString(FUNCTIONS.resolve("usage/UsageKeeper.java"));
        assertTrue(
                keeper.contains("Metrics.of(\"" + UsageKeeping.FUNCTION + "\", System.getenv())"),
                "UsageKeeper's dimension");
    }
}
