package dev.larder.domain.lifecycle;

import java.time.Instant;
import java.util.Optional;

/**
 * What Larder's own record says of a manifest and its tags: the latest of each.
 *
 * @param pulledAt the last pull, by any of its tags or by digest
 * @param warmedAt the last warming, by any of its tags
 * @param importedAt the last import, by any of its tags
 */
public record Use(Optional<Instant> pulledAt, Optional<Instant> warmedAt, Optional<Instant> importedAt) {
    /** Nothing is known. */
    public static final Use NONE = new Use(Optional.empty(), Optional.empty(), Optional.empty());
}
