package dev.larder.local.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.local.aws.AwsException;
import dev.larder.local.aws.Caller;
import dev.larder.local.aws.JsonService;
import dev.larder.local.ecr.ImageSource;
import dev.larder.local.ecr.ImageUnavailableException;
import dev.larder.local.oci.Manifest;
import dev.larder.local.upstream.MemoryCacheState;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The few actions of ECR's API that the registry endpoint calls, over a {@link MemoryCacheState}. */
final class SmallEcr implements JsonService {
    private static final JsonMapper JSON = new JsonMapper();

    private final MemoryCacheState state;
    private final ImageSource images;
    final List<String> calls = new CopyOnWriteArrayList<>();

    SmallEcr(MemoryCacheState state, ImageSource images) {
        this.state = state;
        this.images = images;
    }

    @Override
    public ObjectNode call(String action, ObjectNode input, Caller caller, Via via) {
        String repository = input.path("repositoryName").asText();
        calls.add(via + " " + action + " " + repository + " by " + caller.arn());
        return switch (action) {
            case "BatchGetImage" -> image(repository, input.path("imageIds").path(0));
            case "GetDownloadUrlForLayer" ->
                layer(repository, input.path("layerDigest").asText());
            case "ListImages" -> tags(repository, input);
            case "ListImageReferrers" -> referrers();
            default -> throw new AwsException(400, "UnknownOperationException", action);
        };
    }

    private ObjectNode image(String repository, JsonNode id) {
        ObjectNode output = JSON.createObjectNode();
        try {
            Manifest manifest = images.get(
                    repository,
                    id.path("imageTag").asText(id.path("imageDigest").asText()));
            ObjectNode image = output.putArray("images").addObject();
            image.putObject("imageId").put("imageDigest", manifest.digest().value());
            image.put("imageManifest", manifest.content()).put("imageManifestMediaType", manifest.mediaType());
        } catch (ImageUnavailableException e) {
            output.putArray("failures")
                    .addObject()
                    .put("failureCode", e.failureCode())
                    .put("failureReason", e.getMessage());
        }
        return output;
    }

    private ObjectNode layer(String repository, String digest) {
        boolean held = state.repositoryExists(repository)
                && state.repositories().get(repository).manifests.values().stream()
                        .flatMap(manifest -> manifest.blobs().stream())
                        .anyMatch(blob -> blob.digest().value().equals(digest));
        if (!held) {
            throw new AwsException(400, "LayersNotFoundException", "no layer " + digest + " in " + repository);
        }
        return JSON.createObjectNode();
    }

    /** Pages of two, so that the pagination is seen to be followed. */
    private ObjectNode tags(String repository, ObjectNode input) {
        if (!state.repositoryExists(repository)) {
            throw new AwsException(400, "RepositoryNotFoundException", "no repository " + repository);
        }
        List<String> tags =
                List.copyOf(state.repositories().get(repository).tags.keySet());
        int from = input.path("nextToken").asInt(0);
        ObjectNode page = JSON.createObjectNode();
        page.putArray("imageIds");
        for (String tag : tags.subList(from, Math.min(tags.size(), from + 2))) {
            page.withArray("imageIds").addObject().put("imageTag", tag);
        }
        return from + 2 < tags.size() ? page.put("nextToken", String.valueOf(from + 2)) : page;
    }

    private static ObjectNode referrers() {
        ObjectNode page = JSON.createObjectNode();
        page.putArray("referrers")
                .addObject()
                .put("digest", "sha256:" + "a".repeat(64))
                .put("mediaType", Manifest.OCI_MANIFEST)
                .put("artifactType", "application/spdx+json")
                .put("size", 7)
                .put("artifactStatus", "ACTIVE");
        return page;
    }
}
