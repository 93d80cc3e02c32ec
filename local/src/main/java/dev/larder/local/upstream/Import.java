package dev.larder.local.upstream;

import dev.larder.events.image.Digest;
import dev.larder.local.ecr.CacheRule;
import dev.larder.local.ecr.CacheState;
import dev.larder.local.oci.Descriptor;
import dev.larder.local.oci.Manifest;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One import: every manifest that an index lists, every blob that those refer to, and only then, at once,
 * the repository, the images and the tag (ecr-facts 2.3: "the manifest list and each image referenced in the manifest
 * list are pulled"). ECR copies layers in the background; here an image is seen when it is whole, which is the only
 * state that Larder waits for.
 *
 * <p>A child that the index lists and the upstream does not have ends the import: ECR's {@code PutImage} refuses such an
 * index ({@code ReferencedImagesNotFoundException}), so that its importer cannot keep it either [inferred].
 */
final class Import {
    /** How deep indexes may list indexes; real ones are one deep. */
    private static final int MAX_DEPTH = 4;

    /** How many manifests one tag may bring. */
    private static final int MAX_MANIFESTS = 1000;

    private final CacheState state;
    private final UpstreamRegistry upstream;
    private final String repository;
    private final String upstreamRepository;
    private final Map<Digest, Manifest> manifests = new LinkedHashMap<>();

    Import(CacheState state, UpstreamRegistry upstream, CacheRule rule, String repository) {
        this.state = state;
        this.upstream = upstream;
        this.repository = repository;
        this.upstreamRepository = rule.upstreamRepository(repository);
    }

    /**
     * Brings all of it, then commits; the push events are the commit's business.
     *
     * @param tag to put on it; none for what comes by its digest
     * @throws UpstreamException when the upstream does not give all of it; nothing has changed then
     * @throws IOException when a blob cannot be kept here; nothing has changed then
     */
    void run(Manifest root, Optional<String> tag, Instant validatedAt) throws IOException {
        collect(root, 1);
        new BlobDownloads(upstream, state.blobs()).bring(upstreamRepository, blobs().values());
        state.createFromTemplate(repository);
        state.commit(repository, List.copyOf(manifests.values()), tag, validatedAt);
    }

    private void collect(Manifest manifest, int depth) throws UpstreamException {
        if (depth > MAX_DEPTH || manifests.size() >= MAX_MANIFESTS) {
            throw UpstreamException.because(
                    UpstreamFailure.UNAVAILABLE,
                    "import " + repository,
                    "its index lists more than " + MAX_MANIFESTS + " manifests or is more than " + MAX_DEPTH
                            + " deep; pull one of its parts by a tag of its own");
        }
        for (Descriptor child : manifest.children()) {
            if (!manifests.containsKey(child.digest())) {
                collect(child(child), depth + 1);
            }
        }
        manifests.put(manifest.digest(), manifest);
    }

    /** What the cache has is not fetched again: on Docker Hub each manifest counts as a pull. */
    private Manifest child(Descriptor child) throws UpstreamException {
        Optional<Manifest> cached = state.manifest(repository, child.digest());
        if (cached.isPresent()) {
            return cached.get();
        }
        try {
            return upstream.manifest(upstreamRepository, child.digest().value());
        } catch (UpstreamException e) {
            throw e.ofPart();
        }
    }

    private Map<Digest, Descriptor> blobs() {
        Map<Digest, Descriptor> blobs = new LinkedHashMap<>();
        for (Manifest manifest : manifests.values()) {
            manifest.blobs().forEach(blob -> blobs.putIfAbsent(blob.digest(), blob));
        }
        return blobs;
    }
}
