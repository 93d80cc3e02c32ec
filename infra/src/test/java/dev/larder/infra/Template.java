package dev.larder.infra;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A synthesized template, read by the tests. */
record Template(JsonNode json) {
    /** A resource with its logical id. */
    record Resource(String id, JsonNode json) {
        JsonNode properties() {
            return json.path("Properties");
        }

        String text(String property) {
            return properties().path(property).asText();
        }
    }

    Stream<Resource> resources() {
        return json.path("Resources").properties().stream()
                .map(entry -> new Resource(entry.getKey(), entry.getValue()));
    }

    Stream<Resource> resources(String type) {
        return resources()
                .filter(resource -> resource.json().path("Type").asText().equals(type));
    }

    /** The one resource of a type that has this text in a property. */
    Resource resource(String type, String property, String value) {
        return resources(type)
                .filter(resource -> resource.text(property).equals(value))
                .reduce((one, other) -> {
                    throw new AssertionError("two " + type + " with " + property + " " + value);
                })
                .orElseThrow(() -> new AssertionError("no " + type + " with " + property + " " + value));
    }

    Map<String, Integer> counts() {
        Map<String, Integer> counts = new TreeMap<>();
        resources()
                .forEach(resource -> counts.merge(resource.json().path("Type").asText(), 1, Integer::sum));
        return counts;
    }

    /** The resource that a {@code Ref} or {@code Fn::GetAtt} points at. */
    Resource target(JsonNode reference) {
        String id = reference.has("Ref")
                ? reference.path("Ref").asText()
                : reference.path("Fn::GetAtt").path(0).asText();
        JsonNode resource = json.path("Resources").path(id);
        if (resource.isMissingNode()) {
            throw new AssertionError("no reference to a resource: " + reference);
        }
        return new Resource(id, resource);
    }
}
