package dev.larder.events;

import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import java.util.Optional;

/**
 * Detail-type {@code ECR Replication Action}: an image came, or did not come, from another region or account.
 *
 * @param result {@code SUCCESS}, or {@code FAILED}
 * @param tag ECR's schema requires it, its push events leave it out for children of an index: absent is accepted
 */
public record ReplicationAction(
        Envelope envelope,
        String action,
        String result,
        RepositoryName repository,
        Digest digest,
        Optional<Tag> tag,
        String sourceAccount,
        String sourceRegion)
        implements EcrEvent {
    /** Whether the image came. */
    public boolean succeeded() {
        return result.equals("SUCCESS");
    }
}
