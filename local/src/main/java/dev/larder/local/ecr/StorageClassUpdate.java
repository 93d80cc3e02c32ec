package dev.larder.local.ecr;

import dev.larder.events.image.Digest;
import java.time.Instant;
import java.util.Optional;

/**
 * An image that went into the archive or came back.
 *
 * @param target {@code ARCHIVE} or {@code STANDARD}
 * @param lastActivatedAt when it came back last; said of one that comes back
 * @param referrer whether it is about another image, which makes it an {@code ECR Referrer Action}
 */
public record StorageClassUpdate(
        String repository,
        Digest digest,
        String target,
        String manifestMediaType,
        Optional<String> artifactMediaType,
        Optional<Instant> lastActivatedAt,
        boolean referrer) {}
