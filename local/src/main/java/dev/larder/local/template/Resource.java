package dev.larder.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.local.front.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** A resource of a template, its properties computed. */
public record Resource(StackTemplate stack, String logicalId, String type, ObjectNode properties) {
    /** A property, or a missing node. */
    public JsonNode get(String property) {
        return properties.path(property);
    }

    /** A text property, if it is there. */
    public Optional<String> text(String property) {
        JsonNode value = properties.path(property);
        return value.isValueNode() && !value.isNull() ? Optional.of(value.asText()) : Optional.empty();
    }

    /**
     * A text property that must be there.
     *
     * @throws TemplateException when it is not
     */
    public String required(String property) throws TemplateException {
        return text(property).orElseThrow(() -> broken("needs the property " + property));
    }

    /** The name that the template gives, or else one made of the stack's and the resource's, the same at every start. */
    public String nameOr(String property, int maximumLength) {
        return text(property).orElseGet(() -> {
            String whole = stack.name() + "-" + logicalId;
            String suffix = UUID.nameUUIDFromBytes(whole.getBytes(StandardCharsets.UTF_8))
                    .toString()
                    .replace("-", "")
                    .substring(0, 12)
                    .toUpperCase(Locale.ROOT);
            int room = maximumLength - suffix.length() - 1;
            return whole.substring(0, Math.min(whole.length(), room)) + "-" + suffix;
        });
    }

    /** An ARN of the stack's account and region. */
    public String arn(String service, String resource) {
        return "arn:aws:" + service + ":" + stack.region() + ":" + stack.account() + ":" + resource;
    }

    /** The local file or folder behind an S3 key of the CDK's assets. */
    public Path asset(String key) throws TemplateException {
        Path path = stack.assets().get(key);
        if (path == null) {
            throw broken("has its code under the S3 key " + key + ", which is no asset of the synthesized folder");
        }
        return path;
    }

    /** The stack's and the resource's name, for messages. */
    public String where() {
        return stack.name() + " " + logicalId;
    }

    /** An error of this resource. */
    public TemplateException broken(String what) {
        return new TemplateException(where() + ": " + type + " " + what);
    }

    /** A copy of a list or object property, or an empty object. */
    public ObjectNode objectOf(String property) {
        return properties.path(property) instanceof ObjectNode object ? object.deepCopy() : Json.object();
    }
}
