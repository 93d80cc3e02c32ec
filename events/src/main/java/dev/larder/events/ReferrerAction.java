package dev.larder.events;

import dev.larder.events.EcrImageAction.ActionType;
import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import java.time.Instant;
import java.util.Optional;

/**
 * Detail-type {@code ECR Referrer Action}: the same as {@link EcrImageAction} for an artifact that refers to an image,
 * such as a signature or a bill of materials.
 *
 * @param result {@code SUCCESS}, or any other word for a failure
 */
public record ReferrerAction(
        Envelope envelope,
        ActionType action,
        String result,
        RepositoryName repository,
        Optional<Digest> digest,
        Optional<Tag> tag,
        Optional<String> manifestMediaType,
        Optional<String> artifactMediaType,
        Optional<String> targetStorageClass,
        Optional<Instant> lastActivatedAt)
        implements EcrEvent {
    /** Whether it was done; a failed action changed nothing. */
    public boolean succeeded() {
        return result.equals("SUCCESS");
    }
}
