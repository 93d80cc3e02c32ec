package dev.larder.functions.lifecycle;

import dev.larder.events.image.RepositoryName;
import java.util.List;
import java.util.Optional;

/** What was evicted. */
public interface Tombstones {
    /** Sets a tombstone under each of the image's tags; under its digest when it has none. */
    void put(Tombstone tombstone);

    /** Takes it away again, for an image that stayed after all. */
    void remove(Tombstone tombstone);

    /**
     * The tombstone under a tag or digest.
     *
     * @param name a tag or a digest
     */
    Optional<Tombstone> get(RepositoryName repository, String name);

    /** All of a repository. */
    List<Tombstone> of(RepositoryName repository);
}
