package dev.larder.local.ecr.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.events.image.Digest;
import dev.larder.local.ecr.ImageSource;
import dev.larder.local.ecr.state.EcrRegistry;
import dev.larder.local.ecr.state.Image;
import dev.larder.local.ecr.state.Page;
import dev.larder.local.oci.Manifest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Signatures and other referrers of an image; those that its upstream has are imported first. */
final class ReferrerActions {
    private static final int DEFAULT_PAGE = 20;
    private static final JsonMapper JSON = new JsonMapper();

    private final EcrRegistry registry;
    private final ImageSource images;

    ReferrerActions(EcrRegistry registry, ImageSource images) {
        this.registry = registry;
        this.images = images;
    }

    Map<String, Action> actions() {
        return Map.of("ListImageReferrers", this::list);
    }

    private ObjectNode list(Request request) {
        String repository =
                Lookup.repository(registry, request.repositoryName()).name();
        String subject = request.input().path("subjectId").path("imageDigest").asText();
        if (!Digest.isDigest(subject)) {
            throw Errors.invalid("subjectId.imageDigest", "must be sha256: and 64 lower-case hex digits");
        }
        if (request.after().isEmpty()) {
            images.bringReferrers(repository, new Digest(subject));
        }
        List<Image> referrers = registry.images().referrers(repository, new Digest(subject)).stream()
                .flatMap(digest -> registry.images().find(repository, digest).stream())
                .filter(image -> wanted(image, request.input().path("filter")))
                .toList();
        Page<Image> page =
                Pages.of(referrers, image -> image.digest().value(), request.after(), request.maxResults(DEFAULT_PAGE));
        ObjectNode answer = Shapes.object();
        ArrayNode array = answer.putArray("referrers");
        page.items().forEach(image -> array.add(json(repository, image)));
        page.next().ifPresent(next -> answer.put("nextToken", NextToken.write(request, next)));
        return answer;
    }

    private static boolean wanted(Image image, JsonNode filter) {
        String status = filter.path("artifactStatus").asText("ACTIVE");
        boolean anyType = filter.path("artifactTypes").isEmpty();
        for (JsonNode type : filter.path("artifactTypes")) {
            anyType |= type.asText().equals(image.artifactType().orElse(""));
        }
        return anyType && (status.equals("ANY") || status.equals(image.status().name()));
    }

    private ObjectNode json(String repository, Image image) {
        Manifest manifest = registry.images()
                .manifest(repository, image.digest())
                .orElseThrow(() -> new IllegalStateException("no manifest of " + image.digest()));
        ObjectNode node = Shapes.object()
                .put("digest", image.digest().value())
                .put("mediaType", image.mediaType())
                .put("size", manifest.content().getBytes(StandardCharsets.UTF_8).length);
        image.artifactType().ifPresent(type -> node.put("artifactType", type));
        JsonNode annotations = annotations(manifest);
        if (annotations.isObject()) {
            node.set("annotations", annotations);
        }
        return node.put("artifactStatus", image.status().name());
    }

    private static JsonNode annotations(Manifest manifest) {
        try {
            return JSON.readTree(manifest.content()).path("annotations");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("could not read the kept manifest " + manifest.digest(), e);
        }
    }
}
