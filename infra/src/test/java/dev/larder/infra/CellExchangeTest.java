package dev.larder.infra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.larder.config.Cell;
import dev.larder.config.ConfigFile;
import dev.larder.config.Target;
import dev.larder.config.WarmSettings;
import dev.larder.infra.Template.Resource;
import dev.larder.testevents.TestEvents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.event.ruler.JsonRuleCompiler;
import software.amazon.event.ruler.Machine;

/** Cells tell each other what is popular, as AWS's own matcher has it, and nothing goes round in circles. */
class CellExchangeTest {
    private static final Cell FRANKFURT = new Cell("111122223333", "eu-central-1");
    private static final Cell OTHER_ACCOUNT = new Cell("444455556666", "us-east-1");
    private static final Cell OTHER_REGION = new Cell("111122223333", "us-east-1");
    private static final List<Cell> CELLS = List.of(FRANKFURT, OTHER_ACCOUNT, OTHER_REGION);

    private static Map<Cell, Template> all = Map.of();
    private static Map<Cell, Template> one = Map.of();

    @BeforeAll
    static void synthesize() {
        String file = Synthesized.text("cells.yaml");
        all = templates(file);
        one = templates(file.replace("cells: all", "cells: [444455556666/us-east-1]"));
    }

    @Test
    void whatACellSaysIsForwardedByItAndTakenInByTheOthers() {
        for (Cell speaker : CELLS) {
            for (Cell listener : CELLS) {
                assertEquals(
                        listener.equals(speaker) ? "Tell Tell" : "PopularElsewhere",
                        takers(all.get(listener), popular(speaker)),
                        speaker + " to " + listener);
            }
        }
    }

    @Test
    void eachBusThatIsToldIsThatOfAnotherCellAndTheRoleMayPutThereOnly() {
        Template template = all.get(FRANKFURT);
        List<String> buses = forwards(template).stream()
                .map(rule -> target(rule).path("Arn").asText())
                .sorted()
                .toList();
        assertEquals(
                List.of(
                        "arn:aws:events:us-east-1:111122223333:event-bus/default",
                        "arn:aws:events:us-east-1:444455556666:event-bus/default"),
                buses);
        for (Resource rule : forwards(template)) {
            assertEquals(
                    "CellExchangeRole",
                    template.target(target(rule).path("RoleArn")).id().replaceFirst("Role.*", "Role"));
            assertFalse(target(rule).has("DeadLetterConfig"));
        }
        JsonNode statement = template.resources("AWS::IAM::Policy")
                .filter(policy -> policy.id().startsWith("CellExchange"))
                .map(policy -> policy.properties().path("PolicyDocument").path("Statement"))
                .findFirst()
                .orElseThrow();
        assertEquals(1, statement.size());
        assertEquals("events:PutEvents", statement.path(0).path("Action").asText());
        assertEquals(
                buses,
                statement
                        .path(0)
                        .path("Resource")
                        .valueStream()
                        .map(JsonNode::asText)
                        .sorted()
                        .toList());
    }

    @Test
    void aBusTakesFromEachOtherAccountWhatIsPopularThereAndNothingElse() {
        List<Resource> policies =
                all.get(FRANKFURT).resources("AWS::Events::EventBusPolicy").toList();
        assertEquals(1, policies.size(), "its own account needs none");
        JsonNode policy = policies.getFirst().properties();
        assertEquals("platform-cache-444455556666", policy.path("StatementId").asText());
        assertEquals(
                "{\"Action\":\"events:PutEvents\",\"Condition\":{"
                        + "\"ForAllValues:StringEquals\":{\"events:source\":\"larder\"},"
                        + "\"StringEquals\":{\"events:detail-type\":\"Larder Images Popular\"}},"
                        + "\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"arn:aws:iam::444455556666:root\"},"
                        + "\"Resource\":\"arn:aws:events:eu-central-1:111122223333:event-bus/default\"}",
                sorted(policy.path("Statement")));
    }

    @Test
    void onlyTheCellsOfTheListHear() {
        assertEquals("PopularElsewhere", takers(one.get(OTHER_ACCOUNT), popular(FRANKFURT)));
        assertEquals("PopularElsewhere", takers(one.get(OTHER_ACCOUNT), popular(OTHER_REGION)));
        assertEquals("", takers(one.get(OTHER_ACCOUNT), popular(OTHER_ACCOUNT)), "it has nobody to tell");
        for (Cell speaker : List.of(FRANKFURT, OTHER_REGION)) {
            Template template = one.get(speaker);
            assertEquals("Tell", takers(template, popular(speaker)));
            assertEquals("", takers(template, popular(OTHER_ACCOUNT)));
            assertEquals(0, template.resources("AWS::Events::EventBusPolicy").count());
        }
        assertEquals(
                1,
                one.get(OTHER_ACCOUNT).resources("AWS::Events::EventBusPolicy").count());
        assertTrue(forwards(one.get(OTHER_ACCOUNT)).isEmpty());
    }

    @Test
    void anEventThatClaimsAnotherCellThanItsAccountIsTakenByNobody() {
        String forged = popular(FRANKFURT).replace("\"account\": \"111122223333\"", "\"account\": \"999988887777\"");
        CELLS.forEach(cell -> assertEquals("", takers(all.get(cell), forged), cell.toString()));
    }

    @Test
    void whatIsHeardGoesToTheQueueOfCacheEvents() {
        Template template = all.get(FRANKFURT);
        Resource rule = template.resources("AWS::Events::Rule")
                .filter(each -> each.id().contains("PopularElsewhere"))
                .findFirst()
                .orElseThrow();
        assertEquals(
                "platform-cache-CacheEvents",
                template.target(target(rule).path("Arn")).text("QueueName"));
        assertNull(JsonRuleCompiler.check(rule.properties().path("EventPattern").toString()));
    }

    @Test
    void thePlannerKnowsTheCellsThatItTells() {
        assertEquals(List.of("444455556666/us-east-1", "111122223333/us-east-1"), told(all.get(FRANKFURT)));
        assertEquals(List.of("444455556666/us-east-1"), told(one.get(FRANKFURT)));
        assertEquals(List.of(), told(one.get(OTHER_ACCOUNT)));
    }

    @Test
    void manyCellsAreSplitOverRulesThatFit() throws JsonProcessingException {
        List<String> cells = IntStream.range(0, 200)
                .mapToObj("%012d/ap-southeast-2"::formatted)
                .toList();
        List<List<String>> groups = RuleSize.split(cells, EventPatterns::popularElsewhere);
        assertEquals(cells, groups.stream().flatMap(List::stream).toList());
        for (List<String> group : groups) {
            String pattern = new JsonMapper().writeValueAsString(EventPatterns.popularElsewhere(group));
            assertTrue(pattern.length() <= RuleSize.PATTERN_CHARACTERS, pattern);
            assertNull(JsonRuleCompiler.check(pattern));
        }
    }

    @Test
    void oneCellHasNoExchange() {
        String file = Synthesized.text("cells.yaml").replaceAll("  - \\{ account: .*us-east-1 }\n", "");
        Template alone = Synthesized.template(
                Synthesized.synth(ConfigFile.parse(file, "one.yaml", Target.ACCOUNT), Synthesized.zip("functions")),
                Synthesized.STACK);
        assertEquals(
                0,
                alone.resources()
                        .filter(each -> each.id().startsWith("CellExchange"))
                        .count());
        assertEquals(3, alone.resources("AWS::Events::Rule").count());
    }

    @Test
    void cellsThatKeepToThemselvesHaveNoneEither() {
        assertEquals(
                0,
                Synthesized.account()
                        .resources()
                        .filter(each -> each.id().startsWith("CellExchange"))
                        .count());
    }

    private static List<String> told(Template template) {
        Map<String, String> environment = template.resource(
                        "AWS::Lambda::Function", "FunctionName", "platform-cache-WarmPlanner")
                .properties()
                .path("Environment")
                .path("Variables")
                .propertyStream()
                .filter(variable -> variable.getValue().isTextual())
                .collect(Collectors.toMap(
                        Map.Entry::getKey, variable -> variable.getValue().asText()));
        return WarmSettings.fromEnvironment(environment).cells();
    }

    /** What the cell's planner puts on its bus; it comes to another bus with the account and region where it was put. */
    private static String popular(Cell cell) {
        return TestEvents.json("larder/images-popular.json")
                .replace("111122223333", cell.account())
                .replace("eu-central-1", cell.region());
    }

    private static String takers(Template template, String event) {
        Machine machine = Machine.builder().build();
        template.resources("AWS::Events::Rule").forEach(rule -> {
            try {
                machine.addRule(
                        rule.id(), rule.properties().path("EventPattern").toString());
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        });
        try {
            return machine.rulesForJSONEvent(event).stream()
                    .map(id -> id.replaceFirst("^CellExchange(Tell|PopularElsewhere).*", "$1"))
                    .sorted()
                    .collect(Collectors.joining(" "));
        } catch (Exception broken) {
            throw new AssertionError(event, broken);
        }
    }

    private static List<Resource> forwards(Template template) {
        return template.resources("AWS::Events::Rule")
                .filter(rule -> rule.id().startsWith("CellExchangeTell"))
                .toList();
    }

    private static JsonNode target(Resource rule) {
        assertEquals(1, rule.properties().path("Targets").size());
        return rule.properties().path("Targets").path(0);
    }

    private static String sorted(JsonNode object) {
        TreeMap<String, String> members = new TreeMap<>();
        object.propertyStream()
                .forEach(member -> members.put(
                        member.getKey(),
                        member.getValue().isObject()
                                ? sorted(member.getValue())
                                : member.getValue().toString()));
        return members.entrySet().stream()
                .map(member -> "\"" + member.getKey() + "\":" + member.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static Map<Cell, Template> templates(String file) {
        Path output =
                Synthesized.synth(ConfigFile.parse(file, "cells.yaml", Target.ACCOUNT), Synthesized.zip("functions"));
        return CELLS.stream()
                .collect(Collectors.toMap(
                        Function.identity(),
                        cell -> Synthesized.template(
                                output, "platform-cache-" + cell.account() + "-" + cell.region())));
    }
}
