package dev.larder.infra;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.larder.testevents.TestEvents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import software.amazon.event.ruler.Machine;

/**
 * Every synthesized rule against every file of {@code test-events}, with the matcher that EventBridge runs.
 * {@code rule-matrix.txt} says, for each file, which rules must take it.
 */
class RuleMatrixTest {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Machine rules = rules();

    private final TreeMap<String, String> matrix = Synthesized.text("rule-matrix.txt")
            .lines()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .map(line -> line.split("\\s+", 2))
            .collect(Collectors.toMap(line -> line[0], line -> line[1], (one, other) -> one, TreeMap::new));

    @Test
    void theMatrixHasALineForEveryTestEvent() {
        assertEquals(TestEvents.names().stream().sorted().toList(), List.copyOf(matrix.keySet()));
    }

    @TestFactory
    Stream<DynamicTest> everyRuleTakesTheEventsOfTheMatrixAndNoOther() {
        return matrix.entrySet().stream()
                .map(line -> DynamicTest.dynamicTest(
                        line.getKey(), () -> assertEquals(line.getValue(), takers(TestEvents.json(line.getKey())))));
    }

    private String takers(String event) throws Exception {
        if (!isObject(event)) {
            return "-"; // never becomes an event
        }
        List<String> takers = rules.rulesForJSONEvent(event).stream().sorted().toList();
        return takers.isEmpty() ? "-" : String.join(" ", takers);
    }

    private static boolean isObject(String text) {
        try {
            return JSON.readTree(text).isObject();
        } catch (JsonProcessingException notJson) {
            return false;
        }
    }

    /** As EventBridge has it: {@code Ruler.matchesRule} does not know {@code $or}. */
    private static Machine rules() {
        Machine machine = Machine.builder().build();
        Synthesized.account().resources("AWS::Events::Rule").forEach(rule -> {
            try {
                machine.addRule(
                        rule.id().replaceFirst("RulesRule.*", "s"),
                        rule.properties().path("EventPattern").toString());
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        });
        return machine;
    }
}
