package dev.larder.functions.desired;

import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** What keeps images, whoever would delete them. */
@FunctionalInterface
public interface Guards {
    /** Keeps all of them: for whoever cannot ask. */
    Guards OF_ALL = (repository, digests) -> {
        Map<Digest, String> kept = new HashMap<>();
        digests.forEach(digest -> kept.put(digest, "nobody decided about it"));
        return kept;
    };

    /**
     * Those of the images that have to stay.
     *
     * @return what keeps each, for people; those that are not in it may go
     */
    Map<Digest, String> keep(RepositoryName repository, Collection<Digest> digests);
}
