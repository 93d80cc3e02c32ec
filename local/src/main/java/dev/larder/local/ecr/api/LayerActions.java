package dev.larder.local.ecr.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.events.image.Digest;
import dev.larder.local.ecr.state.EcrRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;

/** Whether layers are here, and where they are served. */
final class LayerActions {
    private final EcrRegistry registry;
    private final URI endpoint;

    LayerActions(EcrRegistry registry, URI endpoint) {
        this.registry = registry;
        this.endpoint = endpoint;
    }

    Map<String, Action> actions() {
        return Map.of("BatchCheckLayerAvailability", this::check, "GetDownloadUrlForLayer", this::downloadUrl);
    }

    private ObjectNode check(Request request) {
        String repository =
                Lookup.repository(registry, request.repositoryName()).name();
        ObjectNode answer = Shapes.object();
        ArrayNode layers = answer.putArray("layers");
        ArrayNode failures = answer.putArray("failures");
        for (String digest : request.texts("layerDigests")) {
            if (!Digest.isDigest(digest)) {
                failures.addObject()
                        .put("layerDigest", digest)
                        .put("failureCode", "InvalidLayerDigest")
                        .put("failureReason", "not a digest; expected sha256: and 64 lower-case hex digits");
                continue;
            }
            Digest layer = new Digest(digest);
            ObjectNode node = layers.addObject().put("layerDigest", digest);
            if (registry.hasLayer(repository, layer)) {
                node.put("layerAvailability", "AVAILABLE").put("layerSize", size(layer));
            } else {
                node.put("layerAvailability", "UNAVAILABLE");
            }
        }
        return answer;
    }

    private ObjectNode downloadUrl(Request request) {
        String repository =
                Lookup.repository(registry, request.repositoryName()).name();
        String digest = request.text("layerDigest");
        if (!Digest.isDigest(digest) || !registry.hasLayer(repository, new Digest(digest))) {
            throw Errors.error(
                    "LayersNotFoundException",
                    "The layer with digest '" + digest + "' does not exist in the repository with name '" + repository
                            + "'");
        }
        if (!registry.images().hasLayer(repository, new Digest(digest))) {
            throw Errors.error(
                    "LayerInaccessibleException", "The layer with digest '" + digest + "' belongs to no image yet");
        }
        return Shapes.object()
                .put(
                        "downloadUrl",
                        endpoint.resolve("/v2/" + repository + "/blobs/" + digest)
                                .toString())
                .put("layerDigest", digest);
    }

    private long size(Digest layer) {
        try {
            return registry.blobs().size(layer);
        } catch (IOException e) {
            throw new UncheckedIOException("could not read the size of the layer " + layer, e);
        }
    }
}
