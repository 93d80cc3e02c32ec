package dev.larder.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Compares a resource's properties with those that its type knows. */
final class KnownProperties {
    private final Set<String> known;

    KnownProperties(Set<String> known) {
        this.known = known;
    }

    /** The path of the first property that is not known. */
    Optional<String> firstUnknown(JsonNode properties) {
        return unknown(properties, "", "");
    }

    private Optional<String> unknown(JsonNode node, String pattern, String path) {
        if (known.contains(pattern + "**") || known.contains(below(pattern, "**"))) {
            return Optional.empty();
        }
        if (node.isObject()) {
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                Optional<String> found = field(field, pattern, path);
                if (found.isPresent()) {
                    return found;
                }
            }
            return Optional.empty();
        }
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                Optional<String> found = unknown(node.get(i), pattern + "[]", path + "[" + i + "]");
                if (found.isPresent()) {
                    return found;
                }
            }
            return Optional.empty();
        }
        return known.contains(pattern) ? Optional.empty() : Optional.of(path);
    }

    private Optional<String> field(Map.Entry<String, JsonNode> field, String pattern, String path) {
        String exact = below(pattern, field.getKey());
        String any = below(pattern, "*");
        String next = leadsSomewhere(exact) || !leadsSomewhere(any) ? exact : any;
        String nextPath = below(path, field.getKey());
        if (!leadsSomewhere(next)) {
            return Optional.of(nextPath);
        }
        return unknown(field.getValue(), next, nextPath);
    }

    private boolean leadsSomewhere(String pattern) {
        return known.stream()
                .anyMatch(path ->
                        path.equals(pattern) || path.startsWith(pattern + ".") || path.startsWith(pattern + "["));
    }

    private static String below(String path, String field) {
        return path.isEmpty() ? field : path + "." + field;
    }
}
