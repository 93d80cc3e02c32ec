package dev.larder.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The order in which resources are created: each after what it refers to or names in {@code DependsOn}. */
final class Order {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^!}.]+)(?:\\.[^}]*)?}");

    private final String stack;
    private final Map<String, JsonNode> resources;
    private final Set<String> done = new LinkedHashSet<>();

    Order(String stack, Map<String, JsonNode> resources) {
        this.stack = stack;
        this.resources = resources;
    }

    List<String> compute() throws TemplateException {
        for (String logicalId : resources.keySet()) {
            visit(logicalId, new LinkedHashSet<>());
        }
        return List.copyOf(done);
    }

    private void visit(String logicalId, Set<String> path) throws TemplateException {
        if (done.contains(logicalId)) {
            return;
        }
        if (!path.add(logicalId)) {
            throw new TemplateException(stack + ": resources depend on each other in a circle: " + path);
        }
        JsonNode definition = resources.getOrDefault(logicalId, MissingNode.getInstance());
        Set<String> needed = new LinkedHashSet<>();
        references(definition.path("Properties"), needed);
        JsonNode dependsOn = definition.path("DependsOn");
        if (dependsOn.isTextual()) {
            needed.add(dependsOn.asText());
        }
        dependsOn.forEach(name -> needed.add(name.asText()));
        for (String name : needed) {
            if (resources.containsKey(name)) {
                visit(name, path);
            }
        }
        path.remove(logicalId);
        done.add(logicalId);
    }

    private static void references(JsonNode node, Set<String> found) {
        if (node.isObject() && node.size() == 1) {
            Map.Entry<String, JsonNode> only = node.properties().iterator().next();
            JsonNode argument = only.getValue();
            switch (only.getKey()) {
                case "Ref" -> found.add(argument.asText());
                case "Fn::GetAtt" ->
                    found.add(
                            argument.isArray()
                                    ? argument.path(0).asText()
                                    : argument.asText().split("\\.", 2)[0]);
                case "Fn::Sub" -> placeholders(argument.isArray() ? argument.path(0) : argument, found);
                default -> {}
            }
        }
        List<JsonNode> children = new ArrayList<>();
        node.forEach(children::add);
        children.forEach(child -> references(child, found));
    }

    private static void placeholders(JsonNode pattern, Set<String> found) {
        Matcher matcher = PLACEHOLDER.matcher(pattern.asText());
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
    }
}
