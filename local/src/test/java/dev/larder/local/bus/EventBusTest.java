package dev.larder.local.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.local.aws.Caller;
import dev.larder.local.aws.JsonService.Via;
import dev.larder.local.front.Json;
import dev.larder.local.iam.RolePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventBusTest {
    private static final String PULL = """
            {"version":"0","id":"1","source":"aws.ecr","detail-type":"AWS API Call via CloudTrail",
             "detail":{"eventName":"BatchGetImage","readOnly":true}}""";
    private static final String WRITE = """
            {"version":"0","id":"2","source":"aws.ecr","detail-type":"AWS API Call via CloudTrail",
             "detail":{"eventName":"CreateRepository","readOnly":false}}""";

    private final List<String> delivered = new ArrayList<>();
    private final EventBus bus = new EventBus(
            (arn, payload) -> delivered.add(arn + " " + payload),
            new BusToBus("111122223333", "eu-central-1", new RolePermissions(), line -> {}));

    @ParameterizedTest
    @CsvSource({
        "DISABLED, 0, 0",
        "ENABLED, 0, 1",
        "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS, 1, 1",
    })
    void readOnlyManagementEventsNeedTheStateForAllOfThem(RuleState state, int pulls, int writes) {
        bus.add(rule(state, "{\"source\":[\"aws.ecr\"]}"));
        bus.put(PULL);
        assertEquals(pulls, delivered.size());
        bus.put(WRITE);
        assertEquals(pulls + writes, delivered.size());
    }

    @Test
    void alternativesInAPatternAreUnderstood() {
        bus.add(rule(RuleState.ENABLED, "{\"detail\":{\"$or\":[{\"a\":[1]},{\"b\":{\"c\":[{\"prefix\":\"x/\"}]}}]}}"));
        bus.put("{\"detail\":{\"a\":1}}");
        bus.put("{\"detail\":{\"b\":{\"c\":\"x/y\"}}}");
        bus.put("{\"detail\":{\"a\":2}}");
        assertEquals(2, delivered.size());
    }

    @Test
    void anEventIsDeliveredAgainOnDemand() {
        bus.add(rule(RuleState.ENABLED, "{\"source\":[\"aws.ecr\"]}"));
        bus.put(WRITE);
        bus.deliverAgain("2");
        assertEquals(List.of("queue " + WRITE, "queue " + WRITE), delivered);
        assertThrows(IllegalArgumentException.class, () -> bus.deliverAgain("none"));
    }

    @Test
    void aTapLosesOrDoublesEvents() {
        bus.add(rule(RuleState.ENABLED, "{\"source\":[\"aws.ecr\"]}"));
        Tap loses = event -> List.of();
        bus.tap(loses);
        bus.put(WRITE);
        assertEquals(0, delivered.size());
        bus.remove(loses);
        bus.tap(event -> List.of(event, event));
        bus.put(WRITE);
        assertEquals(2, delivered.size());
    }

    @Test
    void aTargetGetsTheInputOrThePartThatItAsksFor() {
        bus.add(new Rule(
                "default",
                "parts",
                "arn",
                "{\"source\":[\"aws.ecr\"]}",
                RuleState.ENABLED,
                "",
                List.of(
                        new Rule.Target("1", "a", Optional.of("{\"x\":1}"), Optional.empty(), Optional.empty()),
                        new Rule.Target(
                                "2", "b", Optional.empty(), Optional.of("$.detail.eventName"), Optional.empty()))));
        bus.put(WRITE);
        assertEquals(List.of("a {\"x\":1}", "b \"CreateRepository\""), delivered);
    }

    @Test
    void eventsThatAreSentComeBackIntoTheRulesInTheirEnvelope() {
        bus.add(rule(RuleState.ENABLED, "{\"source\":[\"larder\"]}"));
        EventsApi api = new EventsApi(
                bus, "111122223333", "eu-central-1", InstantSource.fixed(Instant.parse("2026-11-24T12:00:00Z")));
        ObjectNode request = Json.object();
        request.putArray("Entries")
                .add(entry("larder", "{\"a\":1}"))
                .add(entry("aws.ecr", "{}"))
                .add(entry("larder", "[1]"))
                .add(entry("", "{}"));
        ObjectNode answer = api.call("PutEvents", request, new Caller("1", "me", "me", Optional.empty()), Via.API);
        assertEquals(3, answer.path("FailedEntryCount").asInt());
        assertEquals(
                List.of("NotAuthorizedForSourceException", "MalformedDetail", "InvalidArgument"),
                answer.path("Entries").findValuesAsText("ErrorCode"));
        JsonNode event = Json.read(delivered.getFirst().substring("queue ".length()));
        assertEquals("2026-11-24T12:00:00Z", event.path("time").asText());
        assertEquals("{\"a\":1}", event.path("detail").toString());
        assertEquals("111122223333", event.path("account").asText());
    }

    private static ObjectNode entry(String source, String detail) {
        return Json.object()
                .put("Source", source)
                .put("DetailType", "Image Warmed")
                .put("Detail", detail);
    }

    private static Rule rule(RuleState state, String pattern) {
        return new Rule(
                "default",
                "rule",
                "arn",
                pattern,
                state,
                "",
                List.of(new Rule.Target("1", "queue", Optional.empty(), Optional.empty(), Optional.empty())));
    }
}
