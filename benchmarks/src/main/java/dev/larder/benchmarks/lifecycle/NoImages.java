package dev.larder.benchmarks.lifecycle;

import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import dev.larder.functions.ecr.CachedManifest;
import dev.larder.functions.ecr.ImageCache;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/** No image is read one at a time: what indexes list is in the record. */
record NoImages() implements ImageCache {
    @Override
    public Answer get(Tagged image) {
        throw refused();
    }

    @Override
    public Map<Digest, CachedManifest> manifests(RepositoryName repository, Collection<Digest> digests) {
        throw refused();
    }

    @Override
    public Set<Digest> referrers(RepositoryName repository, Digest subject) {
        throw refused();
    }

    @Override
    public Set<Digest> missingBlobs(RepositoryName repository, Collection<Digest> blobs) {
        throw refused();
    }

    @Override
    public void tag(RepositoryName repository, CachedManifest manifest, Tag tag) {
        throw refused();
    }

    @Override
    public void untag(Tagged image) {
        throw refused();
    }

    private static AssertionError refused() {
        return new AssertionError("a plan reads whole repositories, and changes nothing");
    }
}
