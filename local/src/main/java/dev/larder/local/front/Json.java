package dev.larder.local.front;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.local.aws.AwsException;
import java.util.UUID;

/** JSON, read and written the same way in every service here. */
public final class Json {
    private static final JsonMapper MAPPER = new JsonMapper();

    private Json() {}

    /** An empty object. */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** An empty list. */
    public static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    /** A Java value as JSON. */
    public static JsonNode of(Object value) {
        return MAPPER.valueToTree(value);
    }

    /**
     * Reads an object that somebody sent.
     *
     * @throws AwsException {@code SerializationException} when it is something else
     */
    public static ObjectNode read(String text) {
        try {
            if (text.isBlank()) {
                return object();
            }
            if (MAPPER.readTree(text) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw new AwsException(400, "SerializationException", "the body is not JSON: " + e.getOriginalMessage());
        }
        throw new AwsException(400, "SerializationException", "the body is JSON, but not an object");
    }

    /**
     * The text of a field that must be there.
     *
     * @throws AwsException {@code ValidationException} when it is not
     */
    public static String required(JsonNode input, String field) {
        JsonNode value = input.path(field);
        if (!value.isValueNode() || value.isNull() || value.asText().isEmpty()) {
            throw new AwsException(400, "ValidationException", "the parameter " + field + " is missing");
        }
        return value.asText();
    }

    /** A request's id. */
    public static String requestId() {
        return UUID.randomUUID().toString();
    }
}
