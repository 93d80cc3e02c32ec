package dev.larder.functions.warm;

import dev.larder.domain.upstream.KnownTags;
import dev.larder.events.image.RepositoryName;

/** The tags that upstreams are known to have. */
@FunctionalInterface
public interface TagsAtUpstream {
    /** Those of a repository, as far as Larder looked; {@link KnownTags#none} when it never did. */
    KnownTags of(RepositoryName repository);
}
