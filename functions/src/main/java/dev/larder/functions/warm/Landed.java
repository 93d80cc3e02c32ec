package dev.larder.functions.warm;

import dev.larder.events.image.Digest;
import dev.larder.events.image.Platform;
import dev.larder.functions.ecr.CachedManifest;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An image of which everything that is wanted is in the cache.
 *
 * @param manifest the tag's: an image's or an index
 * @param images the manifests of the wanted platforms: of an index, some of its children; of an image, itself
 * @param platforms those that are there; none when an image's manifest does not say
 * @param absent wanted platforms that the upstream does not offer
 */
record Landed(CachedManifest manifest, List<CachedManifest> images, Set<Platform> platforms, List<Platform> absent) {
    Landed {
        images = List.copyOf(images);
        platforms = Set.copyOf(platforms);
        absent = List.copyOf(absent);
    }

    /** Why none of its layers were looked at; absent when some were. */
    Optional<String> unseen() {
        if (!images.isEmpty()) {
            return Optional.empty();
        }
        List<Platform> offered = manifest.children().stream()
                .flatMap(child -> child.platform().stream())
                .sorted()
                .toList();
        return Optional.of("no image of it was looked at: the index has "
                + (offered.isEmpty() ? "none" : offered + ", and none for " + absent));
    }

    /** Bytes of the wanted platforms' configurations and layers; what they share is counted once. Empty when {@link #unseen}. */
    OptionalLong sizeBytes() {
        return images.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(images.stream()
                        .flatMap(image -> image.blobs().stream())
                        .distinct()
                        .mapToLong(CachedManifest.Blob::sizeBytes)
                        .sum());
    }

    /** How many configurations and layers that are. */
    OptionalLong blobs() {
        return images.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(images.stream()
                        .flatMap(image -> image.blobs().stream())
                        .map(CachedManifest.Blob::digest)
                        .distinct()
                        .count());
    }

    /** What an index lists. */
    Set<Digest> children() {
        return manifest.children().stream().map(CachedManifest.Child::digest).collect(Collectors.toSet());
    }
}
