package dev.larder.local.ecr.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.local.aws.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A call's input and who made it. */
record Request(String action, ObjectNode input, Caller caller) {
    private static final int DEFAULT_PAGE = 100;

    String text(String member) {
        return input.path(member).asText();
    }

    Optional<String> optional(String member) {
        return input.hasNonNull(member) ? Optional.of(text(member)) : Optional.empty();
    }

    boolean flag(String member) {
        return input.path(member).asBoolean(false);
    }

    boolean has(String member) {
        return input.hasNonNull(member);
    }

    String repositoryName() {
        return text("repositoryName");
    }

    List<String> texts(String member) {
        List<String> texts = new ArrayList<>();
        for (JsonNode text : input.path(member)) {
            texts.add(text.asText());
        }
        return texts;
    }

    List<ImageId> imageIds() {
        List<ImageId> ids = new ArrayList<>();
        for (JsonNode id : input.path("imageIds")) {
            ids.add(ImageId.read(id));
        }
        return ids;
    }

    ImageId imageId() {
        return ImageId.read(input.path("imageId"));
    }

    int maxResults() {
        return maxResults(DEFAULT_PAGE);
    }

    int maxResults(int otherwise) {
        return input.path("maxResults").asInt(otherwise);
    }

    /** Where the page begins that the caller asks for. */
    Optional<String> after() {
        return optional("nextToken").map(token -> NextToken.read(this, token));
    }
}
