package dev.larder.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;

/**
 * A resource that is there.
 *
 * @param ref what {@code Ref} gives
 * @param attributes what {@code Fn::GetAtt} gives, by attribute
 */
public record Deployed(String ref, Map<String, JsonNode> attributes) {
    /** Copies the attributes. */
    public Deployed {
        attributes = Map.copyOf(attributes);
    }

    /** A resource without attributes. */
    public static Deployed of(String ref) {
        return new Deployed(ref, Map.of());
    }

    /** A resource whose only attribute is {@code Arn}. */
    public static Deployed withArn(String ref, String arn) {
        return new Deployed(ref, Map.of("Arn", TextNode.valueOf(arn)));
    }
}
