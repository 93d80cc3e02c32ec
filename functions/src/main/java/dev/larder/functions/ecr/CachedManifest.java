package dev.larder.functions.ecr;

import dev.larder.events.image.Digest;
import dev.larder.events.image.Platform;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A manifest as ECR gave it, and what it names.
 *
 * @param content to the byte, so that it can be put back
 * @param children what an index lists
 * @param blobs configuration and layers of an image; layers that registries do not hold (foreign ones) left out
 */
public record CachedManifest(Digest digest, String mediaType, String content, List<Child> children, List<Blob> blobs) {
    /** Copies the lists. */
    public CachedManifest {
        children = List.copyOf(children);
        blobs = List.copyOf(blobs);
    }

    /**
     * A manifest in an index.
     *
     * @param platform absent for what is no image, and where the index does not say: there it may leave it out
     * @param attestation whether it is no image: the index has it for {@code unknown/unknown}
     */
    public record Child(Digest digest, Optional<Platform> platform, boolean attestation) {}

    /** Configuration or a layer. */
    public record Blob(Digest digest, long sizeBytes) {}

    /** The digests that an index lists, each with its platform. */
    public Map<Digest, Optional<Platform>> platforms() {
        Map<Digest, Optional<Platform>> platforms = new LinkedHashMap<>();
        children.forEach(child -> platforms.put(child.digest(), child.platform()));
        return platforms;
    }

    /** Configuration and layers together. */
    public long blobBytes() {
        return blobs.stream().mapToLong(Blob::sizeBytes).sum();
    }
}
