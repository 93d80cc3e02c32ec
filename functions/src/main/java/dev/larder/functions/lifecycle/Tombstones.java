package dev.larder.functions.lifecycle;

import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import java.util.List;
import java.util.Optional;

/** What was evicted. */
public interface Tombstones {
    /** Sets tombstones, each under each of its image's tags; under its digest when it has none. */
    void put(List<Tombstone> tombstones);

    /**
     * Takes the tombstone of an image away again that stayed after all.
     *
     * @param tags those that the tombstone has
     */
    void remove(RepositoryName repository, Digest digest, List<Tag> tags);

    /**
     * The tombstone under a tag or digest.
     *
     * @param name a tag or a digest
     */
    Optional<Tombstone> get(RepositoryName repository, String name);

    /** All of a repository. */
    List<Tombstone> of(RepositoryName repository);
}
