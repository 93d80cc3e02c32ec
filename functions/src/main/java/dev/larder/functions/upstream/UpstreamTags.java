package dev.larder.functions.upstream;

import dev.larder.domain.upstream.KnownTags;
import dev.larder.events.image.RepositoryName;

/** Holds what is known of the tags that upstreams have. Times are cut to milliseconds. */
public interface UpstreamTags {
    /** What was kept last of a repository, the whole of it or nothing; {@link KnownTags#none} when nothing was. */
    KnownTags of(RepositoryName repository);

    /** Keeps it in place of what was kept before. Of two at once one wins, and is whole. */
    void keep(KnownTags tags);
}
