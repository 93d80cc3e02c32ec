package dev.larder.events;

import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import java.util.Optional;

/** Reads {@code ECR Pull Through Cache Action}. */
final class PullThroughCacheParser {
    private PullThroughCacheParser() {}

    static PullThroughCacheAction parse(Envelope envelope, JsonObject detail) throws MalformedEventException {
        String status = detail.text("sync-status");
        RepositoryName repository = detail.value("repository-name", "a repository name", RepositoryName::new);
        String prefix = detail.text("ecr-repository-prefix");
        String upstream = detail.text("upstream-registry-url");
        Optional<Tag> tag = detail.optional("image-tag", Tag::new);
        Optional<Digest> digest = detail.optional("image-digest", Digest::new);
        if (status.equals("SUCCESS")) {
            return new PullThroughCacheAction.Succeeded(envelope, repository, prefix, upstream, tag, digest);
        }
        return new PullThroughCacheAction.Failed(
                envelope,
                repository,
                prefix,
                upstream,
                tag,
                digest,
                status,
                detail.optionalText("failure-code"),
                detail.optionalText("failure-reason"));
    }
}
