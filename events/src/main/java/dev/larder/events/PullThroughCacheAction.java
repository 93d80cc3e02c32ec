package dev.larder.events;

import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import java.util.Optional;

/**
 * Detail-type {@code ECR Pull Through Cache Action}: ECR went to the upstream for an image. ECR's documentation names no
 * status but {@code SUCCESS}, so any other is a failure.
 */
public sealed interface PullThroughCacheAction extends EcrEvent {
    /** The cached repository. */
    RepositoryName repository();

    /** The cache rule's repository prefix. */
    String prefix();

    /** The upstream's host. */
    String upstreamUrl();

    /** Absent when the pull was by digest. */
    Optional<Tag> tag();

    /** Absent when ECR never learnt it. */
    Optional<Digest> digest();

    /** The image is in the cache now. */
    record Succeeded(
            Envelope envelope,
            RepositoryName repository,
            String prefix,
            String upstreamUrl,
            Optional<Tag> tag,
            Optional<Digest> digest)
            implements PullThroughCacheAction {}

    /**
     * The image did not come.
     *
     * @param syncStatus what stood in place of {@code SUCCESS}
     * @param failureCode ECR publishes no list of codes: an opaque text, to be counted and shown
     * @param failureReason for people
     */
    record Failed(
            Envelope envelope,
            RepositoryName repository,
            String prefix,
            String upstreamUrl,
            Optional<Tag> tag,
            Optional<Digest> digest,
            String syncStatus,
            Optional<String> failureCode,
            Optional<String> failureReason)
            implements PullThroughCacheAction {}
}
