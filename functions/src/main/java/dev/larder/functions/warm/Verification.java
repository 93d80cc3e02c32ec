package dev.larder.functions.warm;

import dev.larder.domain.upstream.Failure;
import dev.larder.domain.upstream.FailureKind;
import dev.larder.events.image.Digest;
import dev.larder.events.image.Platform;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.ecr.CachedManifest;
import dev.larder.functions.ecr.ImageCache;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Sees to it that all of an image landed: the manifests of the wanted platforms, and their configurations and layers. ECR
 * copies layers after it has answered for the manifest (ecr-facts 2.3), so it waits a little.
 */
final class Verification {
    private static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(4),
            Duration.ofSeconds(8),
            Duration.ofSeconds(16));

    private final ImageCache cache;
    private final Pause pause;

    Verification(ImageCache cache, Pause pause) {
        this.cache = cache;
        this.pause = pause;
    }

    /**
     * Verifies.
     *
     * @param wanted platforms; none means all that the index has
     * @param landing hears which platforms have landed, each time that there are more
     * @throws WarmFailedException when something did not land in time
     */
    Landed verify(
            RepositoryName repository, CachedManifest manifest, List<Platform> wanted, Consumer<Set<Platform>> landing)
            throws WarmFailedException {
        Set<Digest> expected = expected(manifest, wanted);
        Set<Platform> told = Set.of();
        for (Duration time : PAUSES) {
            Map<Digest, CachedManifest> images = images(repository, manifest, expected);
            Set<Digest> missing = missing(repository, expected, images);
            Set<Platform> whole = whole(manifest, images, missing);
            if (!whole.equals(told)) {
                landing.accept(whole);
                told = whole;
            }
            if (missing.isEmpty()) {
                return landed(manifest, images, wanted);
            }
            pause.pause(time);
        }
        Map<Digest, CachedManifest> images = images(repository, manifest, expected);
        Set<Digest> missing = missing(repository, expected, images);
        if (missing.isEmpty()) {
            return landed(manifest, images, wanted);
        }
        throw new WarmFailedException(new Failure(
                FailureKind.INCOMPLETE,
                "Incomplete",
                missing.size() + " manifests or layers of " + repository + "@" + manifest.digest()
                        + " are not in the cache, among them "
                        + missing.iterator().next()));
    }

    /** What an index lists without saying for what may be what is wanted. */
    private static Set<Digest> expected(CachedManifest manifest, List<Platform> wanted) {
        if (manifest.children().isEmpty()) {
            return Set.of(manifest.digest());
        }
        return manifest.children().stream()
                .filter(child -> child.platform()
                        .map(offered ->
                                wanted.isEmpty() || wanted.stream().anyMatch(platform -> platform.accepts(offered)))
                        .orElse(!child.attestation()))
                .map(CachedManifest.Child::digest)
                .collect(Collectors.toSet());
    }

    private Map<Digest, CachedManifest> images(
            RepositoryName repository, CachedManifest manifest, Set<Digest> expected) {
        return manifest.children().isEmpty()
                ? Map.of(manifest.digest(), manifest)
                : cache.manifests(repository, expected);
    }

    private Set<Digest> missing(RepositoryName repository, Set<Digest> expected, Map<Digest, CachedManifest> images) {
        Set<Digest> missing = new TreeSet<>(expected);
        missing.removeAll(images.keySet());
        Set<Digest> blobs = images.values().stream()
                .flatMap(image -> image.blobs().stream())
                .map(CachedManifest.Blob::digest)
                .collect(Collectors.toSet());
        missing.addAll(cache.missingBlobs(repository, blobs));
        return missing;
    }

    private static Set<Platform> whole(
            CachedManifest manifest, Map<Digest, CachedManifest> images, Set<Digest> missing) {
        return manifest.children().stream()
                .filter(child -> Optional.ofNullable(images.get(child.digest()))
                        .filter(image -> image.blobs().stream()
                                .map(CachedManifest.Blob::digest)
                                .noneMatch(missing::contains))
                        .isPresent())
                .flatMap(child -> child.platform().stream())
                .collect(Collectors.toSet());
    }

    private static Landed landed(CachedManifest manifest, Map<Digest, CachedManifest> images, List<Platform> wanted) {
        Set<Platform> platforms = manifest.children().stream()
                .filter(child -> images.containsKey(child.digest()))
                .flatMap(child -> child.platform().stream())
                .collect(Collectors.toSet());
        List<Platform> absent = manifest.children().isEmpty()
                ? List.of()
                : wanted.stream()
                        .filter(platform -> platforms.stream().noneMatch(platform::accepts))
                        .toList();
        return new Landed(manifest, List.copyOf(images.values()), platforms, absent);
    }
}
