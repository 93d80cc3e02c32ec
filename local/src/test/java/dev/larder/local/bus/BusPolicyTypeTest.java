package dev.larder.local.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.local.front.Json;
import dev.larder.local.iam.RolePermissions;
import dev.larder.local.template.Deployment;
import dev.larder.local.template.StackTemplate;
import dev.larder.local.template.TemplateException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A bus's policy, as a template gives it, lets in what another account's bus sends. */
class BusPolicyTypeTest {
    private static final String BUS = "arn:aws:events:us-east-1:444455556666:event-bus/default";
    private static final String ROOT = "{\"AWS\":\"arn:aws:iam::111122223333:root\"}";
    private static final String BOTH = """
            {"ForAllValues:StringEquals":{"events:source":"larder"},"StringEquals":{"events:detail-type":["Popular","More"]}}""";

    private final List<String> arrived = new ArrayList<>();
    private final EventBus bus =
            new EventBus((arn, payload) -> arrived.add(payload), gate("444455556666", "us-east-1"));
    private final EventBus sender = new EventBus((arn, payload) -> {}, gate("111122223333", "eu-central-1"));

    private static BusToBus gate(String account, String region) {
        return new BusToBus(account, region, new RolePermissions(), line -> {});
    }

    @Test
    void eachConditionMustHoldAndOneOfItsValuesIsEnough() throws IOException {
        deploy(statement(ROOT, BUS, BOTH));
        assertEquals(1, sent("larder", "Popular"));
        assertEquals(2, sent("larder", "More"));
        assertEquals(2, sent("larder", "Warmed"));
        assertEquals(2, sent("other", "Popular"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"*\"", "{\"AWS\":\"*\"}", "{\"AWS\":[\"999988887777\",\"111122223333\"]}"})
    void aStatementNamesAccountsOrAll(String principal) throws IOException {
        deploy(statement(principal, BUS, "{}"));
        assertEquals(1, sent("larder", "Popular"));
    }

    @Test
    void itIsForItsAccountsAndItsBusOnly() throws IOException {
        deploy(statement(ROOT.replace("111122223333", "999988887777"), BUS, "{}"));
        deploy(statement(ROOT, BUS.replace("default", "other"), "{}"));
        assertEquals(0, sent("larder", "Popular"));
    }

    @Test
    void aStatementReplacesTheOneOfItsId() throws IOException {
        deploy(statement(ROOT, BUS, "{}"));
        deploy(statement(ROOT, BUS, BOTH));
        assertEquals(0, sent("larder", "Warmed"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"ArnEquals\":{\"aws:SourceArn\":\"arn\"}}",
                "{\"StringLike\":{\"events:source\":\"l*\"}}",
                "{\"StringEquals\":{\"aws:PrincipalOrgID\":\"o-1\"}}",
            })
    void aConditionThatIsNotKnownIsRefusedByName(String condition) {
        TemplateException refused =
                assertThrows(TemplateException.class, () -> deploy(statement(ROOT, BUS, condition)));
        assertTrue(refused.getMessage().contains("property Statement.Condition."), refused.getMessage());
    }

    @Test
    void soAreOtherActionsEffectsAndPrincipals() {
        String allows = statement(ROOT, BUS, "{}");
        for (String other : List.of(
                allows.replace("PutEvents", "PutRule"),
                allows.replace("Allow", "Deny"),
                allows.replace(":root", ":user/ann"))) {
            assertThrows(TemplateException.class, () -> deploy(other), other);
        }
    }

    private static String statement(String principal, String bus, String condition) {
        return """
                {"Effect":"Allow","Action":"events:PutEvents","Resource":"%s","Principal":%s,"Condition":%s}
                """.formatted(bus, principal, condition);
    }

    private void deploy(String statement) throws IOException {
        new Deployment(List.of(new BusPolicyType(bus)), resource -> {})
                .deploy(new StackTemplate(
                        "stack",
                        "444455556666",
                        "us-east-1",
                        Json.read("{\"Resources\":{\"Hear\":{\"Type\":\"AWS::Events::EventBusPolicy\","
                                + "\"Properties\":{\"StatementId\":\"hear\",\"Statement\":" + statement + "}}}}"),
                        List.of(),
                        Map.of()));
    }

    /** How many have arrived so far, after one more was sent. */
    private int sent(String source, String type) {
        Rule.Target target =
                new Rule.Target("1", BUS, Optional.empty(), Optional.empty(), Optional.of("arn:aws:iam::1:role/r"));
        String everything = "{\"account\":[\"111122223333\"]}";
        sender.add(new Rule("default", "tell", "arn", everything, RuleState.ENABLED, "", List.of(target)));
        sender.connect(bus);
        bus.add(new Rule(
                "default",
                "hear",
                "arn",
                everything,
                RuleState.ENABLED,
                "",
                List.of(new Rule.Target("1", "queue", Optional.empty(), Optional.empty(), Optional.empty()))));
        sender.put("""
                {"id":"1","source":"%s","detail-type":"%s","account":"111122223333","region":"eu-central-1"}
                """.formatted(source, type));
        return arrived.size();
    }
}
