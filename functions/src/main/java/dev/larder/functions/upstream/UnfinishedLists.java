package dev.larder.functions.upstream;

import dev.larder.domain.upstream.TagListing;
import dev.larder.events.image.RepositoryName;
import java.util.Optional;

/** Holds lists of tags that were not read to their end, to go on with them in another run. */
public interface UnfinishedLists {
    /** What was kept last of a repository's list; empty when nothing was, or when it has expired. */
    Optional<TagListing> of(RepositoryName repository);

    /** Keeps it in place of what was kept before. */
    void keep(RepositoryName repository, TagListing listing);

    /** The list was read to its end, or is to be read from its beginning. */
    void forget(RepositoryName repository);
}
