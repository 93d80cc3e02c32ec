package dev.larder.cli;

import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import dev.larder.functions.ecr.CachedManifest;
import dev.larder.functions.ecr.ImageCache;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * A cache of which nothing is fetched: a manifest that an operator fetches counts as a pull, to ECR and to the record, and
 * would keep the very image that is looked at. It remembers what a sweep would fetch.
 */
final class UnreadIndexes implements ImageCache {
    private final Set<Digest> unread = new HashSet<>();

    /** Those that were asked for: indexes that no sweep has read yet. */
    int count() {
        return unread.size();
    }

    @Override
    public Map<Digest, CachedManifest> manifests(RepositoryName repository, Collection<Digest> digests) {
        unread.addAll(digests);
        return Map.of();
    }

    @Override
    public Answer get(Tagged image) {
        throw new IllegalStateException("who only looks does not pull " + image);
    }

    @Override
    public Set<Digest> referrers(RepositoryName repository, Digest subject) {
        throw new IllegalStateException("who only looks does not import what refers to " + repository + "@" + subject);
    }

    @Override
    public Set<Digest> missingBlobs(RepositoryName repository, Collection<Digest> blobs) {
        throw new IllegalStateException("who only looks does not ask for the blobs of " + repository);
    }

    @Override
    public void tag(RepositoryName repository, CachedManifest manifest, Tag tag) {
        throw new IllegalStateException("who only looks does not tag in " + repository);
    }

    @Override
    public void untag(Tagged image) {
        throw new IllegalStateException("who only looks does not untag " + image);
    }
}
