package dev.larder.functions.lifecycle;

import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import java.util.List;
import java.util.Optional;

/** What was evicted: of each repository, digest and run one tombstone, which is found by each of its tags as well. */
public interface Tombstones {
    /** Sets tombstones. One of the same repository, digest and run replaces the one before, and no other does. */
    void put(List<Tombstone> tombstones);

    /** Takes a run's tombstone of an image away again that stayed after all. Those of other runs stay. */
    void remove(RepositoryName repository, Digest digest, String run);

    /** A run's tombstone of an image. */
    Optional<Tombstone> get(RepositoryName repository, Digest digest, String run);

    /**
     * The latest tombstone of what had the tag, or of the digest, whatever tags it had.
     *
     * @param name a tag or a digest
     */
    Optional<Tombstone> get(RepositoryName repository, String name);

    /** All of a repository, those of one digest together. */
    List<Tombstone> of(RepositoryName repository);
}
