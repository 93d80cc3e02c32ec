package dev.larder.local.bus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.local.aws.AwsException;
import dev.larder.local.aws.Caller;
import dev.larder.local.aws.JsonService;
import dev.larder.local.front.Json;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** EventBridge's API as far as Larder and those who watch it need it: events go in, rules can be read. */
public final class EventsApi implements JsonService {
    private final EventBus bus;
    private final String account;
    private final String region;
    private final InstantSource clock;

    /** @param clock the time of events that bring none */
    public EventsApi(EventBus bus, String account, String region, InstantSource clock) {
        this.bus = bus;
        this.account = account;
        this.region = region;
        this.clock = clock;
    }

    @Override
    public ObjectNode call(String action, ObjectNode input, Caller caller, Via via) {
        return switch (action) {
            case "PutEvents" -> putEvents(input);
            case "ListRules" -> listRules(busName(input));
            case "DescribeRule" -> describe(rule(input, "Name"));
            case "ListTargetsByRule" -> targets(rule(input, "Rule"));
            default ->
                throw new AwsException(
                        400,
                        "UnknownOperationException",
                        "the local cloud's EventBridge has PutEvents, ListRules, DescribeRule and ListTargetsByRule, not "
                                + action + "; rules come from the templates");
        };
    }

    private ObjectNode putEvents(ObjectNode input) {
        ObjectNode answer = Json.object();
        ArrayNode entries = answer.putArray("Entries");
        int failed = 0;
        for (JsonNode entry : input.path("Entries")) {
            ObjectNode result = put(entry);
            failed += result.has("ErrorCode") ? 1 : 0;
            entries.add(result);
        }
        return answer.put("FailedEntryCount", failed);
    }

    private ObjectNode put(JsonNode entry) {
        for (String field : new String[] {"Source", "DetailType", "Detail"}) {
            if (entry.path(field).asText().isEmpty()) {
                return error(
                        "InvalidArgument",
                        "Parameter " + field + " is not valid. Reason: " + field + " is a required argument.");
            }
        }
        if (entry.path("Source").asText().startsWith("aws.")) {
            return error("NotAuthorizedForSourceException", "Not authorized for the source.");
        }
        ObjectNode detail;
        try {
            detail = Json.read(entry.path("Detail").asText());
        } catch (AwsException e) {
            return error("MalformedDetail", "Detail is malformed.");
        }
        String id = UUID.randomUUID().toString();
        ObjectNode event = Json.object().put("version", "0").put("id", id);
        event.put("detail-type", entry.path("DetailType").asText());
        event.put("source", entry.path("Source").asText()).put("account", account);
        event.put("time", time(entry.path("Time"))).put("region", region);
        event.set("resources", entry.has("Resources") ? entry.path("Resources") : Json.array());
        event.set("detail", detail);
        bus.put(busName(entry), event.toString());
        return Json.object().put("EventId", id);
    }

    private String time(JsonNode given) {
        Instant time = given.isNumber() ? Instant.ofEpochMilli((long) (given.asDouble() * 1000)) : clock.instant();
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static ObjectNode error(String code, String message) {
        return Json.object().put("ErrorCode", code).put("ErrorMessage", message);
    }

    private ObjectNode listRules(String busName) {
        ObjectNode answer = Json.object();
        ArrayNode rules = answer.putArray("Rules");
        bus.rules().stream()
                .filter(rule -> rule.bus().equals(busName))
                .map(EventsApi::describe)
                .forEach(rules::add);
        return answer;
    }

    private static ObjectNode describe(Rule rule) {
        return Json.object()
                .put("Name", rule.name())
                .put("Arn", rule.arn())
                .put("EventPattern", rule.pattern())
                .put("State", rule.state().name())
                .put("Description", rule.description())
                .put("EventBusName", rule.bus());
    }

    private static ObjectNode targets(Rule rule) {
        ObjectNode answer = Json.object();
        ArrayNode targets = answer.putArray("Targets");
        rule.targets().forEach(target -> {
            ObjectNode each = targets.addObject().put("Id", target.id()).put("Arn", target.arn());
            target.role().ifPresent(role -> each.put("RoleArn", role));
        });
        return answer;
    }

    private Rule rule(ObjectNode input, String field) {
        String name = Json.required(input, field);
        return bus.rules().stream()
                .filter(rule -> rule.name().equals(name) && rule.bus().equals(busName(input)))
                .findFirst()
                .orElseThrow(() -> new AwsException(
                        400,
                        "ResourceNotFoundException",
                        "Rule " + name + " does not exist on EventBus " + busName(input) + "."));
    }

    private static String busName(JsonNode input) {
        String name = input.path("EventBusName").asText(EventBus.DEFAULT);
        return name.substring(name.lastIndexOf('/') + 1);
    }
}
