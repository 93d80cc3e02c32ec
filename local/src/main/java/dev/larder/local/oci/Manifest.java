package dev.larder.local.oci;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.larder.events.image.Digest;
import dev.larder.events.image.Platform;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A manifest or an index, byte for byte as its registry serves it, with what it refers to.
 *
 * @param digest of {@code content}
 * @param children the manifests that an index lists, in its order; empty for an image manifest
 * @param blobs configuration first, then layers; empty for an index
 * @param subject what this manifest is about, when it is a referrer
 * @param artifactType the {@code artifactType}, or else the configuration's media type
 */
public record Manifest(
        Digest digest,
        String mediaType,
        String content,
        List<Descriptor> children,
        List<Descriptor> blobs,
        Optional<Digest> subject,
        Optional<String> artifactType) {
    /** {@code application/vnd.oci.image.index.v1+json}. */
    public static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";

    /** {@code application/vnd.oci.image.manifest.v1+json}. */
    public static final String OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";

    /** Docker's manifest list, schema 2. */
    public static final String DOCKER_LIST = "application/vnd.docker.distribution.manifest.list.v2+json";

    /** Docker's image manifest, schema 2. */
    public static final String DOCKER_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";

    /** What to ask a registry for: every kind that can be read here. */
    public static final List<String> MEDIA_TYPES = List.of(OCI_INDEX, DOCKER_LIST, OCI_MANIFEST, DOCKER_MANIFEST);

    private static final Set<String> INDEXES = Set.of(OCI_INDEX, DOCKER_LIST);
    private static final JsonMapper JSON = new JsonMapper();

    /** Copies the lists. */
    public Manifest {
        children = List.copyOf(children);
        blobs = List.copyOf(blobs);
    }

    /** Whether this lists other manifests. */
    public boolean isIndex() {
        return INDEXES.contains(mediaType);
    }

    /**
     * Reads a manifest.
     *
     * @param contentType the media type that the registry sent; the document's own {@code mediaType} wins
     * @throws InvalidManifestException when it is not one of {@link #MEDIA_TYPES}
     */
    public static Manifest parse(String content, @Nullable String contentType) throws InvalidManifestException {
        JsonNode root;
        try {
            root = JSON.readTree(content);
        } catch (IOException e) {
            throw new InvalidManifestException("the manifest is not JSON: " + e.getMessage());
        }
        String mediaType = root.path("mediaType").asText(contentType == null ? "" : contentType);
        if (!MEDIA_TYPES.contains(mediaType)) {
            throw new InvalidManifestException(
                    "manifest of media type '" + mediaType + "'; expected one of " + MEDIA_TYPES);
        }
        List<Descriptor> children = new ArrayList<>();
        List<Descriptor> blobs = new ArrayList<>();
        if (INDEXES.contains(mediaType)) {
            for (JsonNode child : array(root, "manifests")) {
                children.add(descriptor(child));
            }
        } else {
            blobs.add(descriptor(root.path("config")));
            for (JsonNode layer : array(root, "layers")) {
                blobs.add(descriptor(layer));
            }
        }
        Optional<Digest> subject = root.hasNonNull("subject")
                ? Optional.of(descriptor(root.path("subject")).digest())
                : Optional.empty();
        String artifactType = root.path("artifactType")
                .asText(root.path("config").path("mediaType").asText(""));
        return new Manifest(
                Sha256.of(content.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                mediaType,
                content,
                children,
                blobs,
                subject,
                artifactType.isEmpty() ? Optional.empty() : Optional.of(artifactType));
    }

    private static Iterable<JsonNode> array(JsonNode root, String field) throws InvalidManifestException {
        if (!root.path(field).isArray()) {
            throw new InvalidManifestException("the manifest has no list '" + field + "'");
        }
        return root.path(field);
    }

    private static Descriptor descriptor(JsonNode node) throws InvalidManifestException {
        String digest = node.path("digest").asText("");
        if (!Digest.isDigest(digest) || !node.path("size").canConvertToLong()) {
            throw new InvalidManifestException("a descriptor needs a sha256 digest and a size, found " + node);
        }
        return new Descriptor(
                node.path("mediaType").asText(""),
                new Digest(digest),
                node.path("size").asLong(),
                platform(node.path("platform")));
    }

    private static Optional<Platform> platform(JsonNode node) {
        if (!node.hasNonNull("os") || !node.hasNonNull("architecture")) {
            return Optional.empty();
        }
        String variant = node.path("variant").asText("");
        return Optional.of(new Platform(
                node.path("os").asText(),
                node.path("architecture").asText(),
                variant.isEmpty() ? Optional.empty() : Optional.of(variant)));
    }
}
