package dev.larder.local.ecr.state;

import dev.larder.events.image.Digest;
import dev.larder.local.ecr.StorageClassUpdate;
import java.time.Instant;
import java.util.Optional;

/**
 * An image, index or artifact of a repository.
 *
 * @param artifactType what {@code artifactMediaType} says
 * @param subject the image that this one is about, for a referrer
 * @param sizeBytes layers and configuration; for an index the largest of its manifests
 * @param pushedAt when this digest came into the repository
 * @param pulledAt {@code lastRecordedPullTime}
 */
public record Image(
        String repository,
        Digest digest,
        String mediaType,
        Optional<String> artifactType,
        Optional<Digest> subject,
        long sizeBytes,
        Instant pushedAt,
        Optional<Instant> pulledAt,
        Status status,
        Optional<Instant> archivedAt,
        Optional<Instant> activatedAt) {

    /** {@code ImageStatus}. A restore is at once here, so nothing is ever {@code ACTIVATING}. */
    public enum Status {
        /** Can be pulled. */
        ACTIVE,
        /** In the archive storage class: a pull does not find it. */
        ARCHIVED
    }

    /** Whether it can be pulled. */
    public boolean active() {
        return status == Status.ACTIVE;
    }

    /** What is said of it when it has just been archived or restored. */
    public StorageClassUpdate storageClassUpdate() {
        return new StorageClassUpdate(
                repository,
                digest,
                active() ? "STANDARD" : "ARCHIVE",
                mediaType,
                artifactType,
                activatedAt.filter(at -> active()),
                subject.isPresent());
    }

    /** The same image after a pull. */
    public Image pulled(Instant at) {
        return new Image(
                repository,
                digest,
                mediaType,
                artifactType,
                subject,
                sizeBytes,
                pushedAt,
                Optional.of(at),
                status,
                archivedAt,
                activatedAt);
    }

    /** The same image in the archive. */
    public Image archived(Instant at) {
        return new Image(
                repository,
                digest,
                mediaType,
                artifactType,
                subject,
                sizeBytes,
                pushedAt,
                pulledAt,
                Status.ARCHIVED,
                Optional.of(at),
                activatedAt);
    }

    /** The same image back from the archive. */
    public Image activated(Instant at) {
        return new Image(
                repository,
                digest,
                mediaType,
                artifactType,
                subject,
                sizeBytes,
                pushedAt,
                pulledAt,
                Status.ACTIVE,
                archivedAt,
                Optional.of(at));
    }
}
