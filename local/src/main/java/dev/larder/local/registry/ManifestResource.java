package dev.larder.local.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.events.image.Digest;
import dev.larder.local.aws.AwsException;
import dev.larder.local.aws.Caller;
import dev.larder.local.aws.JsonService;
import dev.larder.local.aws.JsonService.Via;
import dev.larder.local.oci.Manifest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * {@code GET} and {@code HEAD /v2/<name>/manifests/<reference>}: each is one {@code BatchGetImage}, so that pulling
 * through, policies and CloudTrail's record are ECR's business.
 */
final class ManifestResource {
    private static final JsonMapper JSON = new JsonMapper();

    private final JsonService ecr;

    ManifestResource(JsonService ecr) {
        this.ecr = ecr;
    }

    RegistryReply get(RegistryRoute.ManifestOf route, RegistryRequest request, Caller caller) {
        boolean byDigest = route.reference().indexOf(':') >= 0;
        if (byDigest && !Digest.isDigest(route.reference())) {
            throw new RegistryException(400, "DIGEST_INVALID", "not a sha256 digest: '" + route.reference() + "'");
        }
        ObjectNode input =
                JSON.createObjectNode().put("repositoryName", route.repository().value());
        input.putArray("imageIds").addObject().put(byDigest ? "imageDigest" : "imageTag", route.reference());
        mediaTypes(request).forEach(input.putArray("acceptedMediaTypes")::add);
        ObjectNode output = call(input, caller);
        JsonNode image = output.path("images").path(0);
        if (image.isMissingNode()) {
            JsonNode failure = output.path("failures").path(0);
            throw RegistryException.ofFailure(
                    failure.path("failureCode").asText("ImageNotFound"),
                    failure.path("failureReason").asText(""));
        }
        return RegistryReply.bytes(
                200,
                Map.of(
                        "Content-Type",
                        image.path("imageManifestMediaType").asText(),
                        "Docker-Content-Digest",
                        image.path("imageId").path("imageDigest").asText()),
                image.path("imageManifest").asText().getBytes(StandardCharsets.UTF_8));
    }

    private ObjectNode call(ObjectNode input, Caller caller) {
        try {
            return ecr.call("BatchGetImage", input, caller, Via.REGISTRY);
        } catch (AwsException e) {
            throw RegistryException.of(e);
        }
    }

    /**
     * What the client accepts first, then every kind there is: a manifest is served as it is, and a client that does
     * not know its kind says so better than a 406 would.
     */
    private static Set<String> mediaTypes(RegistryRequest request) {
        Set<String> types = new LinkedHashSet<>(request.accept());
        types.retainAll(Manifest.MEDIA_TYPES);
        types.addAll(Manifest.MEDIA_TYPES);
        return types;
    }
}
