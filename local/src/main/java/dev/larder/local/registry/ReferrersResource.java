package dev.larder.local.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.local.aws.AwsException;
import dev.larder.local.aws.Caller;
import dev.larder.local.aws.JsonService;
import dev.larder.local.aws.JsonService.Via;
import dev.larder.local.oci.Manifest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** {@code GET /v2/<name>/referrers/<digest>}: every page of ECR's {@code ListImageReferrers} as one OCI index. */
final class ReferrersResource {
    private static final JsonMapper JSON = new JsonMapper();

    private final JsonService ecr;

    ReferrersResource(JsonService ecr) {
        this.ecr = ecr;
    }

    RegistryReply get(RegistryRoute.ReferrersOf route, RegistryRequest request, Caller caller) {
        Optional<String> artifactType = request.parameter("artifactType");
        ObjectNode input = JSON.createObjectNode()
                .put("repositoryName", route.repository().value())
                .put("maxResults", 50);
        input.putObject("subjectId").put("imageDigest", route.digest().value());
        artifactType.ifPresent(
                type -> input.putObject("filter").putArray("artifactTypes").add(type));
        ObjectNode index = JSON.createObjectNode().put("schemaVersion", 2).put("mediaType", Manifest.OCI_INDEX);
        index.putArray("manifests");
        try {
            JsonNode next;
            do {
                ObjectNode page = ecr.call("ListImageReferrers", input, caller, Via.REGISTRY);
                page.path("referrers")
                        .forEach(referrer -> index.withArray("manifests").add(descriptor(referrer)));
                next = page.path("nextToken");
                input.set("nextToken", next);
            } while (next.isTextual());
        } catch (AwsException e) {
            throw RegistryException.of(e);
        }
        Map<String, String> headers = new LinkedHashMap<>(Map.of("Content-Type", Manifest.OCI_INDEX));
        artifactType.ifPresent(type -> headers.put("OCI-Filters-Applied", "artifactType"));
        return RegistryReply.json(index, headers);
    }

    private static ObjectNode descriptor(JsonNode referrer) {
        ObjectNode descriptor = JSON.createObjectNode();
        for (String field : new String[] {"mediaType", "digest", "size", "artifactType", "annotations"}) {
            if (referrer.hasNonNull(field)) {
                descriptor.set(field, referrer.path(field));
            }
        }
        return descriptor;
    }
}
