package dev.larder.local.cloudtrail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.local.aws.AwsException;
import dev.larder.local.front.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Event selectors in the API's shape. What is not imitated is refused by name. */
final class SelectorJson {
    /** The only sources that a trail can leave out (CloudTrail's API model). */
    private static final Set<String> EXCLUDABLE = Set.of("kms.amazonaws.com", "rdsdata.amazonaws.com");

    private static final int MOST = 5;

    private SelectorJson() {}

    /**
     * Reads what {@code PutEventSelectors} was given.
     *
     * @throws AwsException {@code InvalidEventSelectorsException} when it is wrong, {@code UnsupportedOperationException}
     *     for what is not imitated
     */
    static Selectors read(ObjectNode input) {
        JsonNode basic = input.path("EventSelectors");
        JsonNode advanced = input.path("AdvancedEventSelectors");
        if (basic.isEmpty() == advanced.isEmpty()) {
            throw invalid("exactly one of EventSelectors and AdvancedEventSelectors is needed");
        }
        if (basic.size() > MOST) {
            throw invalid("a trail has at most " + MOST + " event selectors, not " + basic.size());
        }
        List<Selectors.Basic> basics = new ArrayList<>();
        basic.forEach(selector -> basics.add(basic(selector)));
        List<Selectors.Advanced> all = new ArrayList<>();
        advanced.forEach(selector -> all.add(advanced(selector)));
        return new Selectors(basics, all);
    }

    private static Selectors.Basic basic(JsonNode selector) {
        if (!selector.path("DataResources").isEmpty()) {
            throw unsupported("data events (DataResources)");
        }
        String type = selector.path("ReadWriteType").asText("All");
        for (Selectors.ReadWrite known : Selectors.ReadWrite.values()) {
            if (known.name().equals(type)) {
                return new Selectors.Basic(
                        known,
                        selector.path("IncludeManagementEvents").asBoolean(true),
                        excluded(selector.path("ExcludeManagementEventSources")));
            }
        }
        throw invalid("ReadWriteType is '" + type + "'; expected ReadOnly, WriteOnly or All");
    }

    private static Selectors.Advanced advanced(JsonNode selector) {
        boolean management = false;
        Optional<Boolean> readOnly = Optional.empty();
        List<String> sources = List.of();
        for (JsonNode field : selector.path("FieldSelectors")) {
            switch (field.path("Field").asText()) {
                case "eventCategory" -> {
                    String category = only(field, "Equals").getFirst();
                    if (!category.equals("Management")) {
                        throw unsupported("eventCategory " + category);
                    }
                    management = true;
                }
                case "readOnly" -> {
                    String value = only(field, "Equals").getFirst();
                    if (!Set.of("true", "false").contains(value)) {
                        throw invalid("readOnly equals '" + value + "'; expected true or false");
                    }
                    readOnly = Optional.of(Boolean.valueOf(value));
                }
                case "eventSource" -> {
                    only(field, "NotEquals");
                    sources = excluded(field.path("NotEquals"));
                }
                default -> throw unsupported("the field " + field.path("Field").asText());
            }
        }
        if (!management) {
            throw invalid("an advanced event selector needs the field eventCategory");
        }
        Optional<String> name = Optional.of(selector.path("Name").asText("")).filter(text -> !text.isEmpty());
        return new Selectors.Advanced(name, readOnly, sources);
    }

    /** The operands of a field that may have no other operator. */
    private static List<String> only(JsonNode field, String operator) {
        for (String given : List.of("Equals", "StartsWith", "EndsWith", "NotEquals", "NotStartsWith", "NotEndsWith")) {
            if (!given.equals(operator) && !field.path(given).isEmpty()) {
                throw unsupported(given + " of " + field.path("Field").asText());
            }
        }
        List<String> operands = texts(field.path(operator));
        if (operands.isEmpty()) {
            throw invalid(field.path("Field").asText() + " needs " + operator);
        }
        return operands;
    }

    private static List<String> excluded(JsonNode sources) {
        List<String> names = texts(sources);
        if (!EXCLUDABLE.containsAll(names)) {
            throw invalid("the sources " + names + " cannot be excluded; " + EXCLUDABLE + " can");
        }
        return names;
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(each -> texts.add(each.asText()));
        return texts;
    }

    /** Writes selectors as {@code GetEventSelectors} answers them. */
    static void write(Selectors selectors, ObjectNode answer) {
        for (Selectors.Basic selector : selectors.basic()) {
            ObjectNode entry = answer.withArray("EventSelectors")
                    .addObject()
                    .put("ReadWriteType", selector.type().name())
                    .put("IncludeManagementEvents", selector.managementEvents());
            entry.putArray("DataResources");
            entry.set("ExcludeManagementEventSources", Json.of(selector.excludedSources()));
        }
        for (Selectors.Advanced selector : selectors.advanced()) {
            ObjectNode entry = answer.withArray("AdvancedEventSelectors").addObject();
            selector.name().ifPresent(name -> entry.put("Name", name));
            field(entry, "eventCategory", "Equals", List.of("Management"));
            selector.readOnly().ifPresent(value -> field(entry, "readOnly", "Equals", List.of(String.valueOf(value))));
            if (!selector.excludedSources().isEmpty()) {
                field(entry, "eventSource", "NotEquals", selector.excludedSources());
            }
        }
    }

    private static void field(ObjectNode entry, String field, String operator, List<String> operands) {
        entry.withArray("FieldSelectors").addObject().put("Field", field).set(operator, Json.of(operands));
    }

    private static AwsException invalid(String message) {
        return new AwsException(400, "InvalidEventSelectorsException", message);
    }

    private static AwsException unsupported(String what) {
        return new AwsException(
                400, "UnsupportedOperationException", "the local cloud's CloudTrail does not imitate " + what);
    }
}
