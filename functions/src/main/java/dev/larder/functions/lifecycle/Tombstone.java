package dev.larder.functions.lifecycle;

import dev.larder.events.image.Digest;
import dev.larder.events.image.Platform;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/**
 * What is kept of an evicted manifest: enough to warm it again, and to say why it went.
 *
 * @param tags those that the upstream may have, and so can be asked for
 * @param run that evicted it
 */
public record Tombstone(
        RepositoryName repository,
        Digest digest,
        List<Tag> tags,
        List<Platform> platforms,
        OptionalLong sizeBytes,
        Instant evictedAt,
        String reason,
        List<String> evidence,
        String run) {
    /** Copies the lists. */
    public Tombstone {
        tags = List.copyOf(tags);
        platforms = List.copyOf(platforms);
        evidence = List.copyOf(evidence);
    }
}
