package dev.larder.functions.ecr;

import dev.larder.domain.upstream.Failure;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/** Images in the cache, one at a time. Every method throws {@link CacheException} when ECR fails as a whole. */
public interface ImageCache {
    /** What became of asking for an image. */
    sealed interface Answer {
        /** It is in the cache now. */
        record Found(CachedManifest manifest) implements Answer {}

        /** It is not. */
        record Refused(Failure failure) implements Answer {}
    }

    /**
     * Asks for an image by tag, which makes ECR import it when it is not cached, and check its upstream when the last
     * check is older than 24 hours (ecr-facts 2.1 and 2.4: inferred from AWS's own solutions and the API model, since the
     * user guide speaks of pulls only).
     */
    Answer get(Tagged image);

    /**
     * The manifests that are in the repository, of those asked for.
     *
     * @throws CacheException also when one of them is none, or ECR does not say that it has it nor that it has it not
     */
    Map<Digest, CachedManifest> manifests(RepositoryName repository, Collection<Digest> digests);

    /**
     * Those of the manifests that can be read, for whoever can do without the others.
     *
     * @throws CacheException only when ECR fails as a whole
     */
    default Map<Digest, CachedManifest> readable(RepositoryName repository, Collection<Digest> digests) {
        return manifests(repository, digests);
    }

    /**
     * The manifests that are about another one, as signatures are. In a repository of a cache rule this makes ECR ask the
     * upstream for them and take them in, unless it has asked within 6 hours (user guide, pull-through-cache, Considerations;
     * ecr-facts 2.4).
     */
    Set<Digest> referrers(RepositoryName repository, Digest subject);

    /** Those of the blobs that are not in the repository. */
    Set<Digest> missingBlobs(RepositoryName repository, Collection<Digest> blobs);

    /** Puts a manifest that is in the repository under one more tag; does nothing when it has it. */
    void tag(RepositoryName repository, CachedManifest manifest, Tag tag);

    /** The same, for a moment in which nobody can wait: every call is made once, and what fails has failed. */
    default ImageCache askedOnce() {
        return this;
    }

    /** Takes a tag off. The image goes with its last tag. Does nothing when the tag is not there. */
    void untag(Tagged image);
}
