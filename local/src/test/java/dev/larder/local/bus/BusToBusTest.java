package dev.larder.local.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.local.front.Json;
import dev.larder.local.iam.RolePermissions;
import dev.larder.local.template.RecordOnly;
import dev.larder.local.template.Resource;
import dev.larder.local.template.StackTemplate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What passes from a cell's bus to those of three others: of its account, of its region, of neither. */
class BusToBusTest {
    private static final String HERE = "111122223333/eu-central-1";
    private static final String OTHER_REGION = "111122223333/us-east-1";
    private static final String OTHER_ACCOUNT = "444455556666/eu-central-1";
    private static final String ELSEWHERE = "444455556666/us-east-1";
    private static final String ROLE = "arn:aws:iam::111122223333:role/forwarder";
    private static final ObjectNode EVENT = Json.read("""
            {"version":"0","id":"1","detail-type":"Popular","source":"larder","account":"111122223333",
             "time":"2026-11-24T12:00:00Z","region":"eu-central-1","resources":[],"detail":{"a":1}}""");

    private final List<String> log = new ArrayList<>();
    private final RolePermissions permissions = new RolePermissions();
    private final Cell here = new Cell(HERE);
    private final Cell otherRegion = new Cell(OTHER_REGION);
    private final Cell otherAccount = new Cell(OTHER_ACCOUNT);
    private final Cell elsewhere = new Cell(ELSEWHERE);

    /** A bus whose rule brings everything to a queue. */
    private final class Cell {
        private final String name;
        private final List<JsonNode> arrived = new ArrayList<>();
        private final EventBus bus;

        Cell(String name) {
            this.name = name;
            this.bus = new EventBus(
                    (arn, payload) -> arrived.add(Json.read(payload)),
                    new BusToBus(name.substring(0, 12), name.substring(13), permissions, log::add));
            rule("queue", "queue", Optional.empty());
        }

        private void rule(String rule, String target, Optional<String> role) {
            bus.add(new Rule(
                    "default",
                    rule,
                    "arn",
                    "{\"source\":[\"larder\"]}",
                    RuleState.ENABLED,
                    "",
                    List.of(new Rule.Target("1", target, Optional.empty(), Optional.empty(), role))));
        }

        void forwardsTo(Cell other, Optional<String> role) {
            rule(other.name, arn(other.name), role);
            bus.connect(other.bus);
        }

        void lets(String principal) throws IOException {
            bus.allow("default/" + principal, BusStatement.of(policy(name, principal, "Popular")));
        }
    }

    @BeforeEach
    void deployTheRole() throws IOException {
        role("events:PutEvents");
    }

    @Test
    void inAnotherRegionOfTheAccountTheRoleIsEnough() {
        here.forwardsTo(otherRegion, Optional.of(ROLE));
        here.bus.put(EVENT.toString());
        assertEquals(List.of("Popular"), types(otherRegion.arrived));
        assertEquals(1, here.arrived.size(), "its own rules see it, too");
    }

    @Test
    void itKeepsWhereAndWhenItWasPutAndInAnotherRegionGetsAnIdOfItsOwn() throws IOException {
        otherAccount.lets("111122223333");
        here.forwardsTo(otherAccount, Optional.of(ROLE));
        here.forwardsTo(otherRegion, Optional.of(ROLE));
        here.bus.put(EVENT.toString());
        assertEquals(List.of(EVENT), otherAccount.arrived);
        ObjectNode there = (ObjectNode) otherRegion.arrived.getFirst();
        assertNotEquals("1", there.path("id").asText());
        assertEquals(EVENT, there.put("id", "1"));
    }

    @Test
    void anotherAccountsBusTakesWhatItsPolicyAllows() throws IOException {
        here.forwardsTo(elsewhere, Optional.of(ROLE));
        here.bus.put(EVENT.toString());
        assertEquals(List.of(), elsewhere.arrived);
        assertEquals(
                "the event 1, Popular, is not put on " + arn(ELSEWHERE)
                        + ": its policy does not let the account 111122223333 put it there",
                log.getLast());
        elsewhere.lets("arn:aws:iam::111122223333:root");
        here.bus.put(EVENT.toString());
        here.bus.put(EVENT.deepCopy().put("detail-type", "Warmed").toString());
        assertEquals(List.of("Popular"), types(elsewhere.arrived));
    }

    @Test
    void aRoleThatMayNotPutEventsSendsNone() throws IOException {
        role("sqs:SendMessage");
        here.forwardsTo(otherRegion, Optional.of(ROLE.replace("forwarder", "other")));
        here.bus.put(EVENT.toString());
        assertEquals(List.of(), otherRegion.arrived);
        assertEquals(
                "the event 1, Popular, is not put on " + arn(OTHER_REGION) + ": the role "
                        + ROLE.replace("forwarder", "other") + " may not call events:PutEvents",
                log.getLast());
    }

    @Test
    void withoutARoleTheAccountsOwnBusLetsItInToo() throws IOException {
        here.forwardsTo(otherRegion, Optional.empty());
        here.bus.put(EVENT.toString());
        assertEquals(List.of(), otherRegion.arrived);
        otherRegion.lets("111122223333");
        here.bus.put(EVENT.toString());
        assertEquals(1, otherRegion.arrived.size());
    }

    @Test
    void whatCameFromAnotherBusGoesToNoThird() throws IOException {
        otherRegion.lets("*");
        elsewhere.lets("*");
        here.forwardsTo(otherRegion, Optional.of(ROLE));
        otherRegion.forwardsTo(elsewhere, Optional.of(ROLE));
        otherRegion.forwardsTo(here, Optional.of(ROLE));
        here.bus.put(EVENT.toString());
        assertEquals(1, otherRegion.arrived.size());
        assertEquals(List.of(), elsewhere.arrived);
        assertEquals(1, here.arrived.size());
        assertEquals(
                2,
                log.stream()
                        .filter(line ->
                                line.endsWith("came from another bus, and EventBridge sends none on to a third"))
                        .count(),
                log::toString);
    }

    @Test
    void whatIsForACellThatIsNotConnectedOrIsGoneIsDropped() {
        here.rule("forward", arn(OTHER_REGION), Optional.of(ROLE));
        here.bus.put(EVENT.toString());
        assertEquals(List.of(), otherRegion.arrived);
        here.bus.connect(otherRegion.bus);
        otherRegion.bus.connect(here.bus);
        otherRegion.bus.close();
        here.bus.put(EVENT.toString());
        assertEquals(List.of(), otherRegion.arrived);
        assertEquals(2, here.arrived.size());
    }

    @Test
    void aCellIsNotConnectedWithItself() {
        assertThrows(IllegalArgumentException.class, () -> here.bus.connect(new Cell(HERE).bus));
    }

    private void role(String action) throws IOException {
        String name = action.equals(BusToBus.PUT) ? "forwarder" : "other";
        permissions.observing(RecordOnly.all()).stream()
                .filter(type -> type.name().equals("AWS::IAM::Role"))
                .findFirst()
                .orElseThrow()
                .deploy(resource(HERE, "AWS::IAM::Role", """
                        {"RoleName":"%s","Policies":[{"PolicyDocument":{"Statement":{"Effect":"Allow","Action":"%s"}}}]}
                        """.formatted(name, action)));
    }

    private static Resource policy(String cell, String principal, String type) {
        return resource(cell, "AWS::Events::EventBusPolicy", """
                {"Statement":{"Effect":"Allow","Action":"events:PutEvents","Resource":"%s","Principal":{"AWS":"%s"},
                  "Condition":{"StringEquals":{"events:detail-type":"%s"}}}}
                """.formatted(arn(cell), principal, type));
    }

    private static Resource resource(String cell, String type, String properties) {
        StackTemplate stack = new StackTemplate(
                "stack", cell.substring(0, 12), cell.substring(13), Json.object(), List.of(), Map.of());
        return new Resource(stack, "Resource", type, Json.read(properties));
    }

    private static String arn(String cell) {
        return "arn:aws:events:" + cell.substring(13) + ":" + cell.substring(0, 12) + ":event-bus/default";
    }

    private static List<String> types(List<JsonNode> events) {
        return events.stream().map(event -> event.path("detail-type").asText()).toList();
    }
}
