package dev.larder.events;

import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;

/** Reads {@code ECR Replication Action}. */
final class ReplicationParser {
    private ReplicationParser() {}

    static ReplicationAction parse(Envelope envelope, JsonObject detail) throws MalformedEventException {
        return new ReplicationAction(
                envelope,
                detail.text("action-type"),
                detail.text("result"),
                detail.value("repository-name", "a repository name", RepositoryName::new),
                detail.value("image-digest", "a digest", Digest::new),
                detail.optional("image-tag", Tag::new),
                detail.text("source-account"),
                detail.text("source-region"));
    }
}
