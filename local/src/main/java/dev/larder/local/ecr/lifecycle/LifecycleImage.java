package dev.larder.local.ecr.lifecycle;

import dev.larder.events.image.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a policy knows of an image.
 *
 * @param parents the indexes in the repository that list it
 */
public record LifecycleImage(
        Digest digest,
        List<String> tags,
        Instant pushedAt,
        Optional<Instant> pulledAt,
        Optional<Instant> activatedAt,
        Optional<Instant> archivedAt,
        boolean archived,
        Set<Digest> parents) {
    /** Copies the collections. */
    public LifecycleImage {
        tags = List.copyOf(tags);
        parents = Set.copyOf(parents);
    }

    /** Where its age begins: the push, or the last restore from the archive. */
    Instant born() {
        return activatedAt.orElse(pushedAt);
    }
}
