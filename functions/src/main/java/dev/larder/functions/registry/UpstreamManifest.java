package dev.larder.functions.registry;

import dev.larder.events.image.Digest;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a tag points at, as the headers of an answer to HEAD tell.
 *
 * @param mediaType absent when the upstream does not say
 * @param bytes of the manifest itself; absent when the upstream does not say
 */
public record UpstreamManifest(Digest digest, Optional<String> mediaType, OptionalLong bytes) {
    /** A descriptor takes as much at least: media type, digest and size are required (OCI image specification, descriptor.md). */
    private static final int LEAST_DESCRIPTOR_BYTES = 140;

    /** How many manifests an import of it fetches at most, an index and what it lists; empty when nobody can tell. */
    public OptionalInt mostManifests() {
        String type = mediaType.orElse("");
        if (type.contains("image.manifest") || type.contains("distribution.manifest.v2")) {
            return OptionalInt.of(1);
        }
        boolean index = type.contains("image.index") || type.contains("manifest.list");
        return index && bytes.isPresent()
                ? OptionalInt.of((int) Math.min(Integer.MAX_VALUE, 1 + bytes.getAsLong() / LEAST_DESCRIPTOR_BYTES))
                : OptionalInt.empty();
    }
}
