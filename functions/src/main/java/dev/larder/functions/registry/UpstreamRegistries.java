package dev.larder.functions.registry;

import dev.larder.config.Upstream;
import dev.larder.domain.upstream.TagListing;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.RepositoryName;

/**
 * What upstreams say of their tags, asked directly and without importing anything. No method throws for what an upstream
 * does or fails to do: that is an answer.
 */
public interface UpstreamRegistries {
    /**
     * What a tag points at, by a HEAD request, which Docker Hub does not count as a pull.
     *
     * @param image as it is cached, under the upstream's prefix
     */
    Looked<UpstreamManifest> manifest(Upstream upstream, Tagged image);

    /** The digest that a tag points at, by the same request. */
    default Looked<Digest> digest(Upstream upstream, Tagged image) {
        return manifest(upstream, image).map(UpstreamManifest::digest);
    }

    /**
     * What an import of a manifest would fetch, by a GET request, which Docker Hub counts as a pull.
     *
     * @param image as it is cached, under the upstream's prefix
     */
    Looked<ImportCounts> counts(Upstream upstream, Digested image);

    /**
     * Whether a manifest can be had by its digest, by a HEAD request as well.
     *
     * @param image as it is cached, under the upstream's prefix
     * @return its digest when it can
     */
    Looked<Digest> digest(Upstream upstream, Digested image);

    /**
     * Reads one more page into a repository's list of tags.
     *
     * @param repository as it is cached, under the upstream's prefix
     * @param listing what was read of it, which grows. At its beginning with the version that is known already; when it is
     *     still that, the answer is {@link Looked.Unchanged}
     */
    Looked<TagListing> tags(Upstream upstream, RepositoryName repository, TagListing listing);
}
