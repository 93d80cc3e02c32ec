package dev.larder.local.ecr.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** AWS's own model of ECR's API: which members an input needs, and what each may hold. */
final class Model {
    private static final Model MODEL = new Model();

    private final JsonNode operations;
    private final JsonNode shapes;
    private final Map<String, Pattern> patterns = new ConcurrentHashMap<>();

    private Model() {
        try (InputStream in = Model.class.getResourceAsStream("ecr-model.json")) {
            if (in == null) {
                throw new IllegalStateException("ecr-model.json is not on the class path");
            }
            JsonNode root = new JsonMapper().readTree(in);
            operations = root.path("operations");
            shapes = root.path("shapes");
        } catch (IOException e) {
            throw new UncheckedIOException("could not read ecr-model.json", e);
        }
    }

    static Model ecr() {
        return MODEL;
    }

    /** The shape with which an operation answers. */
    JsonNode operation(String action) {
        return operations.path(action);
    }

    /** @throws dev.larder.local.aws.AwsException {@code InvalidParameterException} for the first member that is wrong */
    void check(String action, ObjectNode input) {
        check("", operations.path(action).path("input").asText(), input);
    }

    /** Checks a value against a shape by name. */
    void check(String path, String shapeName, JsonNode value) {
        JsonNode shape = shapes.path(shapeName);
        switch (shape.path("type").asText()) {
            case "structure" -> structure(path, shape, value);
            case "list" -> list(path, shape, value);
            case "map" -> map(path, shape, value);
            case "string" -> string(path, shape, value);
            case "blob" -> require(value.isTextual(), path, "must be Base64 text");
            case "integer", "long" -> number(path, shape, value);
            case "boolean" -> require(value.isBoolean(), path, "must be true or false");
            case "timestamp", "double" -> require(value.isNumber(), path, "must be a number");
            default -> throw new IllegalStateException("no shape '" + shapeName + "' in ecr-model.json");
        }
    }

    private void structure(String path, JsonNode shape, JsonNode value) {
        require(value.isObject(), path, "must be an object");
        for (JsonNode required : shape.path("required")) {
            require(value.hasNonNull(required.asText()), child(path, required.asText()), "must not be null");
        }
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            String shapeName = shape.path("members").path(member.getKey()).asText();
            require(!shapeName.isEmpty(), child(path, member.getKey()), "is not a member of the request");
            if (!member.getValue().isNull()) {
                check(child(path, member.getKey()), shapeName, member.getValue());
            }
        }
    }

    private void list(String path, JsonNode shape, JsonNode value) {
        require(value.isArray(), path, "must be a list");
        size(path, shape, value.size());
        for (JsonNode item : value) {
            check(path + ".member", shape.path("member").asText(), item);
        }
    }

    private void map(String path, JsonNode shape, JsonNode value) {
        require(value.isObject(), path, "must be an object");
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
            check(child(path, entry.getKey()), shape.path("value").asText(), entry.getValue());
        }
    }

    private void string(String path, JsonNode shape, JsonNode value) {
        require(value.isTextual(), path, "must be text");
        String text = value.asText();
        size(path, shape, text.length());
        if (shape.has("pattern")) {
            String pattern = shape.path("pattern").asText();
            boolean matches = patterns.computeIfAbsent(pattern, Pattern::compile)
                    .matcher(text)
                    .matches();
            require(matches, path, "must satisfy regular expression '" + pattern + "'");
        }
        if (shape.has("enum")) {
            Set<String> values = Set.copyOf(new JsonMapper()
                    .convertValue(
                            shape.path("enum"),
                            new com.fasterxml.jackson.core.type.TypeReference<java.util.List<String>>() {}));
            require(values.contains(text), path, "Member must satisfy enum value set: " + shape.path("enum"));
        }
    }

    private static void number(String path, JsonNode shape, JsonNode value) {
        require(value.isIntegralNumber(), path, "must be a whole number");
        size(path, shape, value.asLong());
    }

    private static void size(String path, JsonNode shape, long size) {
        if (shape.has("min")) {
            long min = shape.path("min").asLong();
            require(size >= min, path, "must have length or value greater than or equal to " + min);
        }
        if (shape.has("max")) {
            long max = shape.path("max").asLong();
            require(size <= max, path, "must have length or value less than or equal to " + max);
        }
    }

    private static void require(boolean satisfied, String path, String constraint) {
        if (!satisfied) {
            throw Errors.invalid(path, constraint);
        }
    }

    private static String child(String path, String member) {
        return path.isEmpty() ? member : path + "." + member;
    }
}
