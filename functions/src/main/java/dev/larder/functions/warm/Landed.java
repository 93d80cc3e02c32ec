package dev.larder.functions.warm;

import dev.larder.events.image.Digest;
import dev.larder.events.image.Platform;
import dev.larder.functions.ecr.CachedManifest;
import java.util.List;
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

    /** Configuration and layers of the wanted platforms; what they share is counted once. */
    long sizeBytes() {
        return images.stream()
                .flatMap(image -> image.blobs().stream())
                .distinct()
                .mapToLong(CachedManifest.Blob::sizeBytes)
                .sum();
    }

    /** Configurations and layers of the wanted platforms; what they share is counted once. */
    long blobs() {
        return images.stream()
                .flatMap(image -> image.blobs().stream())
                .map(CachedManifest.Blob::digest)
                .distinct()
                .count();
    }

    /** What an index lists. */
    Set<Digest> children() {
        return manifest.children().stream().map(CachedManifest.Child::digest).collect(Collectors.toSet());
    }
}
