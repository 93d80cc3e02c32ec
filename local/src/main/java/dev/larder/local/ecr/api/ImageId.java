package dev.larder.local.ecr.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.events.image.Digest;
import java.util.Optional;

/** {@code ImageIdentifier}: a digest, a tag, or both. */
record ImageId(Optional<String> digest, Optional<String> tag) {
    static ImageId read(JsonNode node) {
        return new ImageId(text(node, "imageDigest"), text(node, "imageTag"));
    }

    static ImageId of(Digest digest, Optional<String> tag) {
        return new ImageId(Optional.of(digest.value()), tag);
    }

    ObjectNode json() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        digest.ifPresent(value -> node.put("imageDigest", value));
        tag.ifPresent(value -> node.put("imageTag", value));
        return node;
    }

    /** What ECR's messages say of it. */
    @Override
    public String toString() {
        return "{imageDigest:'" + digest.orElse("null") + "', imageTag:'" + tag.orElse("null") + "'}";
    }

    private static Optional<String> text(JsonNode node, String member) {
        return node.hasNonNull(member) ? Optional.of(node.path(member).asText()) : Optional.empty();
    }
}
