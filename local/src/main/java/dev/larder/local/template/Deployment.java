package dev.larder.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.local.aws.AwsException;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Deploys stacks: every resource by the type that knows it, after everything that it refers to. */
public final class Deployment {
    private static final Set<String> SECTIONS = Set.of(
            "AWSTemplateFormatVersion",
            "Description",
            "Metadata",
            "Parameters",
            "Mappings",
            "Conditions",
            "Rules",
            "Resources",
            "Outputs");
    private static final Set<String> ATTRIBUTES =
            Set.of("Type", "Properties", "DependsOn", "Condition", "Metadata", "DeletionPolicy", "UpdateReplacePolicy");

    private final Map<String, ResourceType> types;
    private final Consumer<Resource> progress;
    private final Map<String, JsonNode> exports = new HashMap<>();

    /** @param progress told of each resource when it is there */
    public Deployment(Collection<ResourceType> types, Consumer<Resource> progress) {
        this.types = types.stream().collect(Collectors.toMap(ResourceType::name, Function.identity()));
        this.progress = progress;
    }

    /**
     * Deploys a stack.
     *
     * @return its outputs
     * @throws TemplateException when it has something that is not known here, or refers to something that is not there
     * @throws IOException when a resource cannot be created
     */
    public Map<String, String> deploy(StackTemplate stack) throws IOException {
        for (Map.Entry<String, JsonNode> section : stack.template().properties()) {
            if (!SECTIONS.contains(section.getKey())) {
                throw new TemplateException(stack.name() + ": the template's section " + section.getKey()
                        + " is not known to the local cloud");
            }
        }
        Scope scope = new Scope(stack, exports);
        Map<String, JsonNode> wanted = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> resource :
                stack.template().path("Resources").properties()) {
            if (holds(resource.getValue(), scope, stack.name() + " " + resource.getKey())) {
                wanted.put(resource.getKey(), resource.getValue());
            }
        }
        for (String logicalId : new Order(stack.name(), wanted).compute()) {
            deploy(stack, logicalId, wanted.getOrDefault(logicalId, stack.template()), scope);
        }
        return outputs(stack, scope);
    }

    private static boolean holds(JsonNode element, Scope scope, String where) throws TemplateException {
        String name = element.path("Condition").asText("");
        if (name.isEmpty()) {
            return true;
        }
        JsonNode condition = scope.condition(name)
                .orElseThrow(() -> new TemplateException(where + ": there is no condition " + name));
        return new Intrinsics(scope, where).condition(condition);
    }

    private void deploy(StackTemplate stack, String logicalId, JsonNode definition, Scope scope) throws IOException {
        String where = stack.name() + " " + logicalId;
        String typeName = definition.path("Type").asText();
        ResourceType type = Optional.ofNullable(types.get(typeName))
                .orElseThrow(() -> new TemplateException(
                        where + ": the resource type " + typeName + " is not known to the local cloud"));
        for (Map.Entry<String, JsonNode> attribute : definition.properties()) {
            if (!ATTRIBUTES.contains(attribute.getKey())) {
                throw new TemplateException(where + ": the resource attribute " + attribute.getKey() + " of " + typeName
                        + " is not known to the local cloud");
            }
        }
        JsonNode properties = new Intrinsics(scope, where).resolve(definition.path("Properties"));
        Optional<String> unknown = new KnownProperties(type.properties()).firstUnknown(properties);
        if (unknown.isPresent()) {
            throw new TemplateException(
                    where + ": property " + unknown.get() + " of " + typeName + " is not known to the local cloud");
        }
        ObjectNode known = properties instanceof ObjectNode object ? object : dev.larder.local.front.Json.object();
        Resource resource = new Resource(stack, logicalId, typeName, known);
        try {
            scope.deployed(logicalId, type.deploy(resource));
        } catch (AwsException e) {
            throw new TemplateException(where + ": " + typeName + " was refused: " + e.code() + ": " + e.message());
        }
        progress.accept(resource);
    }

    private Map<String, String> outputs(StackTemplate stack, Scope scope) throws TemplateException {
        Map<String, String> outputs = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> output :
                stack.template().path("Outputs").properties()) {
            String where = stack.name() + " output " + output.getKey();
            if (holds(output.getValue(), scope, where)) {
                Intrinsics intrinsics = new Intrinsics(scope, where);
                JsonNode value = intrinsics.resolve(output.getValue().path("Value"));
                outputs.put(output.getKey(), value.asText());
                JsonNode export = output.getValue().path("Export").path("Name");
                if (!export.isMissingNode()) {
                    exports.put(intrinsics.resolve(export).asText(), value);
                }
            }
        }
        return outputs;
    }
}
