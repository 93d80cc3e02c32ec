package dev.larder.infra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** All alarms on Larder's own metrics: each looks at one function, by the name that this has in the account. */
class MetricAlarmTest {
    private final Template template = Synthesized.account();

    @Test
    void anAlarmLooksAtAFunctionOfItsOwnDeployment() {
        List<JsonNode> alarms = alarms();
        assertEquals(7, alarms.size());
        for (JsonNode alarm : alarms) {
            String function = function(alarm);
            template.resource("AWS::Lambda::Function", "FunctionName", function);
            assertEquals(
                    function + "-" + alarm.path("MetricName").asText(),
                    alarm.path("AlarmName").asText());
        }
    }

    /** Lambda tells it to the function in a variable, which the function puts into each line. */
    @Test
    void theFunctionNamesItselfByTheNameThatTheAlarmLooksAt() throws IOException {
        String metrics = Files.readString(source("bus.Metrics"));
        assertTrue(metrics.contains("OWN_NAME = \"AWS_LAMBDA_FUNCTION_NAME\";"));
        for (JsonNode alarm : alarms()) {
            Template.Resource function = template.resource("AWS::Lambda::Function", "FunctionName", function(alarm));
            String handler =
                    Files.readString(source(function.text("Handler").substring("dev.larder.functions.".length())));
            assertTrue(handler.contains("Metrics.of("), handler);
        }
    }

    private static Path source(String type) {
        return Path.of("../functions/src/main/java/dev/larder/functions", type.replace('.', '/') + ".java");
    }

    private List<JsonNode> alarms() {
        return template.resources("AWS::CloudWatch::Alarm")
                .map(Template.Resource::properties)
                .filter(alarm -> alarm.path("Namespace").asText().equals(MetricAlarm.NAMESPACE))
                .toList();
    }

    private static String function(JsonNode alarm) {
        assertEquals(1, alarm.path("Dimensions").size(), alarm::toString);
        assertEquals(
                MetricAlarm.DIMENSION,
                alarm.path("Dimensions").path(0).path("Name").asText());
        return alarm.path("Dimensions").path(0).path("Value").asText();
    }
}
