package dev.larder.functions.ecr;

import dev.larder.domain.lifecycle.Manifest;
import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What is in the cache as a whole, and deletion. Every method throws {@link CacheException} when ECR fails as a whole. */
public interface CacheInventory {
    /** A repository, as it was when it was listed. */
    record Repository(RepositoryName name, RepositoryDescription description) {}

    /**
     * What became of a deletion.
     *
     * @param gone deleted, or not there any more
     * @param failures of the others, by digest: ECR's code and reason
     */
    record Deletion(Set<Digest> gone, Map<Digest, String> failures) {
        /** Copies the collections. */
        public Deletion {
            gone = Set.copyOf(gone);
            failures = Map.copyOf(failures);
        }
    }

    /** Every repository of the registry, page by page as they are consumed. */
    Stream<Repository> repositories();

    /**
     * Every manifest of a repository, without what indexes list; empty when the repository is gone. Manifests that ECR
     * has archived are among them, as {@link Manifest#archived()}: they have relatives, but nobody can pull them.
     */
    List<Manifest> manifests(RepositoryName repository);

    /** Those of the manifests that are there, as they are now; archived ones, too. */
    List<Manifest> manifests(RepositoryName repository, List<Digest> digests);

    /** Deletes manifests by digest, whatever tags they have. */
    Deletion delete(RepositoryName repository, List<Digest> digests);
}
