package dev.larder.local.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.local.front.Json;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Task definitions: families of numbered revisions that never change. */
final class DefinitionActions {
    private static final String ACTIVE = "ACTIVE";
    private static final int PAGE = 100;
    private static final Comparator<ObjectNode> ORDER = Comparator.comparing(
                    (ObjectNode definition) -> definition.path("family").asText())
            .thenComparingInt(definition -> definition.path("revision").asInt());

    private final EcsRecords records;

    DefinitionActions(EcsRecords records) {
        this.records = records;
    }

    Map<String, UnaryOperator<ObjectNode>> actions() {
        return Map.of(
                "RegisterTaskDefinition", this::register,
                "DeregisterTaskDefinition", this::deregister,
                "DescribeTaskDefinition", input -> answer(find(records, Json.required(input, "taskDefinition"))),
                "ListTaskDefinitions", this::list,
                "ListTaskDefinitionFamilies", this::families);
    }

    private ObjectNode register(ObjectNode input) {
        String family = Json.required(input, "family");
        if (input.path("containerDefinitions").isEmpty()) {
            throw EcsRecords.client("Container list cannot be empty.");
        }
        for (JsonNode container : input.path("containerDefinitions")) {
            if (container.path("image").asText().isEmpty()) {
                throw EcsRecords.client("Container.image should not be null or empty.");
            }
        }
        int revision = records.all(
                                EcsRecords.DEFINITIONS,
                                each -> each.path("family").asText().equals(family))
                        .size()
                + 1;
        String arn = records.arn("task-definition/" + family + ":" + revision);
        ObjectNode definition = input.deepCopy();
        definition.put("taskDefinitionArn", arn).put("revision", revision).put("status", ACTIVE);
        return answer(records.put(EcsRecords.DEFINITIONS, arn, definition));
    }

    private ObjectNode deregister(ObjectNode input) {
        ObjectNode definition = find(records, Json.required(input, "taskDefinition"));
        definition.put("status", "INACTIVE");
        return answer(records.put(
                EcsRecords.DEFINITIONS, definition.path("taskDefinitionArn").asText(), definition));
    }

    private static ObjectNode answer(ObjectNode definition) {
        ObjectNode answer = Json.object();
        answer.set("taskDefinition", definition);
        return answer;
    }

    private ObjectNode list(ObjectNode input) {
        String status = input.path("status").asText(ACTIVE);
        String family = input.path("familyPrefix").asText("");
        Comparator<ObjectNode> order = input.path("sort").asText("ASC").equals("DESC") ? ORDER.reversed() : ORDER;
        List<String> arns = records
                .all(
                        EcsRecords.DEFINITIONS,
                        each -> each.path("status").asText().equals(status)
                                && (family.isEmpty()
                                        || each.path("family").asText().equals(family)))
                .stream()
                .sorted(order)
                .map(each -> each.path("taskDefinitionArn").asText())
                .toList();
        return EcsRecords.page(input, "taskDefinitionArns", arns, PAGE);
    }

    private ObjectNode families(ObjectNode input) {
        String prefix = input.path("familyPrefix").asText("");
        boolean onlyActive = input.path("status").asText("").equals(ACTIVE);
        List<String> families = records
                .all(
                        EcsRecords.DEFINITIONS,
                        each -> each.path("family").asText().startsWith(prefix)
                                && (!onlyActive || each.path("status").asText().equals(ACTIVE)))
                .stream()
                .map(each -> each.path("family").asText())
                .distinct()
                .sorted()
                .toList();
        return EcsRecords.page(input, "families", families, PAGE);
    }

    /** A revision by ARN or {@code family:revision}, or the newest active one of a family. */
    static ObjectNode find(EcsRecords records, String name) {
        String last = EcsRecords.last(name);
        return records
                .all(
                        EcsRecords.DEFINITIONS,
                        each -> last.contains(":")
                                ? EcsRecords.last(each.path("taskDefinitionArn").asText())
                                        .equals(last)
                                : each.path("family").asText().equals(last)
                                        && each.path("status").asText().equals(ACTIVE))
                .stream()
                .max(ORDER)
                .orElseThrow(() -> EcsRecords.client("Unable to describe task definition."));
    }
}
