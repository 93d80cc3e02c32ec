package dev.larder.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.larder.local.front.Json;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What names mean while a stack is deployed: pseudo parameters, parameters, resources, conditions, exports. */
final class Scope {
    private final Map<String, JsonNode> names = new HashMap<>();
    private final Map<String, Deployed> resources = new HashMap<>();
    private final JsonNode conditions;
    private final JsonNode mappings;
    private final Map<String, JsonNode> exports;

    /** @param exports of all stacks so far */
    Scope(StackTemplate stack, Map<String, JsonNode> exports) {
        this.exports = exports;
        this.conditions = stack.template().path("Conditions");
        this.mappings = stack.template().path("Mappings");
        pseudo("AccountId", stack.account());
        pseudo("Region", stack.region());
        pseudo("Partition", "aws");
        pseudo("URLSuffix", "amazonaws.com");
        pseudo("StackName", stack.name());
        pseudo(
                "StackId",
                "arn:aws:cloudformation:" + stack.region() + ":" + stack.account() + ":stack/" + stack.name()
                        + "/local");
        names.put("AWS::NotificationARNs", Json.array());
        stack.template().path("Parameters").properties().forEach(parameter -> {
            JsonNode value = parameter.getValue().path("Default");
            if (!value.isMissingNode()) {
                names.put(parameter.getKey(), value);
            }
        });
    }

    private void pseudo(String name, String value) {
        names.put("AWS::" + name, TextNode.valueOf(value));
    }

    void deployed(String logicalId, Deployed resource) {
        resources.put(logicalId, resource);
    }

    Optional<JsonNode> ref(String name) {
        Deployed resource = resources.get(name);
        return resource == null ? Optional.ofNullable(names.get(name)) : Optional.of(TextNode.valueOf(resource.ref()));
    }

    Optional<JsonNode> attribute(String logicalId, String attribute) {
        Deployed resource = resources.get(logicalId);
        return resource == null
                ? Optional.empty()
                : Optional.ofNullable(resource.attributes().get(attribute));
    }

    Optional<JsonNode> condition(String name) {
        return conditions.has(name) ? Optional.of(conditions.path(name)) : Optional.empty();
    }

    Optional<JsonNode> imported(String name) {
        return Optional.ofNullable(exports.get(name));
    }

    JsonNode mappings() {
        return mappings;
    }
}
