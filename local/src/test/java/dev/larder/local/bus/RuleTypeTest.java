package dev.larder.local.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.local.front.Json;
import dev.larder.local.iam.RolePermissions;
import dev.larder.local.template.Resource;
import dev.larder.local.template.StackTemplate;
import dev.larder.local.template.TemplateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuleTypeTest {
    private static final String QUEUE = "arn:aws:sqs:eu-central-1:111122223333:work";

    private final List<String> log = new ArrayList<>();
    private final List<String> delivered = new ArrayList<>();
    private final EventBus bus = new EventBus(
            (arn, payload) -> delivered.add(arn),
            new BusToBus("111122223333", "eu-central-1", new RolePermissions(), log::add));
    private final RuleType type = new RuleType(bus, log::add);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "arn:aws:events:us-east-1:111122223333:event-bus/default",
                "arn:aws:events:eu-central-1:444455556666:event-bus/default",
            })
    void theBusOfAnotherCellIsLeftOutWithOneLine(String elsewhere) throws TemplateException {
        type.deploy(rule(elsewhere, QUEUE));
        bus.put("{\"source\":\"larder\"}");

        assertEquals(List.of(QUEUE), delivered);
        assertEquals(
                List.of("the rule tell forwards to " + elsewhere
                        + ", which is outside of this cell: its events are dropped here"),
                log);
    }

    @Test
    void theBusOfThisCellIsNoTargetThatIsKnown() {
        TemplateException refused = assertThrows(
                TemplateException.class,
                () -> type.deploy(rule("arn:aws:events:eu-central-1:111122223333:event-bus/other", QUEUE)));

        assertTrue(refused.getMessage().contains("the local cloud delivers to SQS and Lambda"), refused.getMessage());
    }

    @Test
    void theBusOfAnotherAccountWantsARole() throws TemplateException {
        TemplateException refused = assertThrows(
                TemplateException.class,
                () -> type.deploy(rule("\"Arn\":\"arn:aws:events:eu-central-1:444455556666:event-bus/default\"")));

        assertTrue(refused.getMessage().contains("and no RoleArn for it"), refused.getMessage());
        type.deploy(rule("\"Arn\":\"arn:aws:events:us-east-1:111122223333:event-bus/default\""));
    }

    @Test
    void whatIsForwardedIsNotChanged() {
        TemplateException refused = assertThrows(
                TemplateException.class,
                () -> type.deploy(rule("\"Arn\":\"arn:aws:events:us-east-1:111122223333:event-bus/default\","
                        + "\"InputPath\":\"$.detail\"")));

        assertTrue(refused.getMessage().contains("the local cloud forwards events whole"), refused.getMessage());
    }

    private static Resource rule(String first, String second) {
        return rule("\"Arn\":\"%s\",\"RoleArn\":\"arn:aws:iam::111122223333:role/r\"},{\"Id\":\"2\",\"Arn\":\"%s\""
                .formatted(first, second));
    }

    private static Resource rule(String target) {
        StackTemplate stack =
                new StackTemplate("stack", "111122223333", "eu-central-1", Json.object(), List.of(), Map.of());
        return new Resource(stack, "Rule", "AWS::Events::Rule", Json.read("""
                {"Name":"tell","EventPattern":{"source":["larder"]},
                 "Targets":[{"Id":"1",%s}]}
                """.formatted(target)));
    }
}
