package dev.larder.events;

import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import java.time.Instant;
import java.util.Optional;

/**
 * Detail-type {@code ECR Image Action}: an image was pushed, deleted, or moved between storage classes.
 *
 * @param result {@code SUCCESS}, or any other word for a failure
 * @param digest absent where ECR leaves it out
 * @param tag absent for an untagged image, for instance the child of an index
 * @param manifestMediaType the manifest's media type, told with a change of storage class
 * @param artifactMediaType the artifact's media type, told with a change of storage class
 * @param targetStorageClass {@code ARCHIVE} or {@code STANDARD}, told with a change of storage class
 * @param lastActivatedAt when it came back from the archive, told with a change to {@code STANDARD}
 */
public record EcrImageAction(
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
    /** What was done, in ECR's words. */
    public enum ActionType {
        PUSH,
        DELETE,
        UPDATE_STORAGE_CLASS
    }

    /** Whether it was done; a failed action changed nothing. */
    public boolean succeeded() {
        return result.equals("SUCCESS");
    }
}
