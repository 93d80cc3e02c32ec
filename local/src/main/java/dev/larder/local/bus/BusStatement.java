package dev.larder.local.bus;

import com.fasterxml.jackson.databind.JsonNode;
import dev.larder.local.template.Resource;
import dev.larder.local.template.TemplateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A statement of a bus's policy: whose events it lets in. A condition holds when one of its values is the event's (EventBridge
 * user guide, eb-use-conditions); all of them must.
 *
 * @param principals account ids, or {@code *} for any
 * @param resource the bus's ARN
 */
record BusStatement(List<String> principals, String resource, List<Condition> conditions) {
    /** An event has one source and one detail-type, so that each and any of its values is the same. */
    private static final List<String> OPERATORS =
            List.of("StringEquals", "ForAllValues:StringEquals", "ForAnyValue:StringEquals");

    private static final Map<String, String> KEYS =
            Map.of("events:source", "source", "events:detail-type", "detail-type");

    /** The event's field has one of these values. */
    record Condition(String field, List<String> values) {}

    /** The properties of a statement that are honoured here. */
    static Set<String> properties() {
        Set<String> known = new TreeSet<>(Set.of(
                "Statement.Action",
                "Statement.Action[]",
                "Statement.Effect",
                "Statement.Principal",
                "Statement.Principal.AWS",
                "Statement.Principal.AWS[]",
                "Statement.Resource",
                "Statement.Sid"));
        for (String operator : OPERATORS) {
            for (String key : KEYS.keySet()) {
                known.add("Statement.Condition." + operator + "." + key);
                known.add("Statement.Condition." + operator + "." + key + "[]");
            }
        }
        return known;
    }

    static BusStatement of(Resource policy) throws TemplateException {
        JsonNode statement = policy.get("Statement");
        if (!statement.path("Effect").asText().equals("Allow")
                || !texts(statement.path("Action")).equals(List.of(BusToBus.PUT))) {
            throw policy.broken("has another statement than one that allows " + BusToBus.PUT
                    + ", which is what the local cloud knows of a bus's policy");
        }
        List<String> principals = new ArrayList<>();
        JsonNode given = statement.path("Principal");
        for (String principal : texts(given.has("AWS") ? given.path("AWS") : given)) {
            principals.add(account(principal, policy));
        }
        List<Condition> conditions = new ArrayList<>();
        statement
                .path("Condition")
                .forEach(operator -> KEYS.forEach((key, field) -> {
                    if (operator.has(key)) {
                        conditions.add(new Condition(field, texts(operator.path(key))));
                    }
                }));
        return new BusStatement(principals, statement.path("Resource").asText(), conditions);
    }

    private static String account(String principal, Resource policy) throws TemplateException {
        String account = principal.replaceFirst("^arn:aws:iam::(\\d{12}):root$", "$1");
        if (!account.matches("\\d{12}|\\*")) {
            throw policy.broken("has the principal '" + principal + "'; the local cloud knows accounts, and * for all");
        }
        return account;
    }

    /** Whether an account may put an event on a bus. */
    boolean allows(String account, String bus, JsonNode event) {
        return (principals.contains(account) || principals.contains("*"))
                && resource.equals(bus)
                && conditions.stream()
                        .allMatch(condition -> condition
                                .values()
                                .contains(event.path(condition.field()).asText()));
    }

    private static List<String> texts(JsonNode value) {
        return value.isArray() ? value.valueStream().map(JsonNode::asText).toList() : List.of(value.asText());
    }
}
