package dev.larder.functions.table;

import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.Platform;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What the table knows of {@code repository@digest}.
 *
 * @param children the manifests that an index lists; none also when nobody has read the index yet
 * @param platforms what the image runs on
 * @param sizeBytes compressed bytes, an index's children included
 * @param blobs configurations and layers of those platforms whose bytes are counted
 * @param lastPulledAt when a client last fetched this digest
 * @param warmedAt when Larder last saw to it that this digest is whole in the cache, since an order named the digest
 */
public record StoredManifest(
        Digested image,
        Optional<String> mediaType,
        Set<Digest> children,
        Set<Platform> platforms,
        OptionalLong sizeBytes,
        OptionalLong blobs,
        Optional<Instant> lastPulledAt,
        Optional<Instant> warmedAt) {
    /** Copies the sets. */
    public StoredManifest {
        children = Set.copyOf(children);
        platforms = Set.copyOf(platforms);
    }

    /** A manifest of which nobody ever ordered the digest. */
    public StoredManifest(
            Digested image,
            Optional<String> mediaType,
            Set<Digest> children,
            Set<Platform> platforms,
            OptionalLong sizeBytes,
            OptionalLong blobs,
            Optional<Instant> lastPulledAt) {
        this(image, mediaType, children, platforms, sizeBytes, blobs, lastPulledAt, Optional.empty());
    }

    /** One of which nobody counted the blobs either. */
    public StoredManifest(
            Digested image,
            Optional<String> mediaType,
            Set<Digest> children,
            Set<Platform> platforms,
            OptionalLong sizeBytes,
            Optional<Instant> lastPulledAt) {
        this(image, mediaType, children, platforms, sizeBytes, OptionalLong.empty(), lastPulledAt);
    }
}
