package dev.larder.local.ecr;

import dev.larder.events.image.Digest;
import dev.larder.local.oci.Manifest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What pulling through reads and writes of a registry. Every method is one transaction. */
public interface CacheState {
    /** The rule with the longest prefix that the repository's name falls under. */
    Optional<CacheRule> ruleFor(String repository);

    /** Whether the repository is there. */
    boolean repositoryExists(String repository);

    /** Creates the repository from the creation template with the longest matching prefix; does nothing when it is there. */
    void createFromTemplate(String repository);

    /** The tag's digest, and when it was last compared with the upstream. */
    Optional<CachedTag> tag(String repository, String tag);

    /** A manifest that is in the repository and active. */
    Optional<Manifest> manifest(String repository, Digest digest);

    /** The registry's blobs, shared by its repositories. */
    BlobStore blobs();

    /**
     * Adds the manifests, whose blobs are all here, and moves the tag to the last of them, all or nothing. What the tag
     * pointed at stays, untagged if that was its last tag.
     *
     * @param manifests children before the index that lists them
     * @param tag absent for an import by digest
     * @param validatedAt when the upstream said so
     */
    void commit(String repository, List<Manifest> manifests, Optional<String> tag, Instant validatedAt);

    /** Notes that the upstream still has the same digest under the tag. */
    void validated(String repository, String tag, Instant at);

    /** A tag in the cache. */
    record CachedTag(Digest digest, Instant validatedAt) {}
}
