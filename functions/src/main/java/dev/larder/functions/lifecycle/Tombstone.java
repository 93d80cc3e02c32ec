package dev.larder.functions.lifecycle;

import dev.larder.domain.image.VersionTag;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.Platform;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is kept of an evicted manifest: enough to warm it again, and to say why it went.
 *
 * @param tags those that the upstream may have, and so can be asked for
 * @param byDigest whether the upstream was seen to have it by digest alone when it went
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
        boolean byDigest,
        String run) {
    /** Copies the lists. */
    public Tombstone {
        tags = List.copyOf(tags);
        platforms = List.copyOf(platforms);
        evidence = List.copyOf(evidence);
    }

    /** One of which nobody saw that the upstream had it by digest alone. */
    public Tombstone(
            RepositoryName repository,
            Digest digest,
            List<Tag> tags,
            List<Platform> platforms,
            OptionalLong sizeBytes,
            Instant evictedAt,
            String reason,
            List<String> evidence,
            String run) {
        this(repository, digest, tags, platforms, sizeBytes, evictedAt, reason, evidence, false, run);
    }

    /** Why an undo may not bring it back, in words; absent when nothing is known that speaks against it. */
    public Optional<String> doubt() {
        return byDigest
                ? Optional.of("when it went, its upstream had " + new Digested(repository, digest) + " "
                        + Objections.byDigestAlone(tags.stream().min(VersionTag.NEWEST_FIRST)))
                : Optional.empty();
    }
}
