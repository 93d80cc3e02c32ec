package dev.larder.domain.upstream;

import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The tags that an upstream has in one repository, as far as Larder looked.
 *
 * @param repository as it is cached, prefix included
 * @param tags every tag of the last complete list
 * @param listedAt when the last complete list was read; absent when there is none
 * @param version what the upstream calls that list (its ETag), to ask for it only when it changed
 */
public record KnownTags(
        RepositoryName repository, Map<Tag, Seen> tags, Optional<Instant> listedAt, Optional<String> version) {
    /**
     * One tag.
     *
     * @param firstSeen in which list; all tags of the first list of a repository have {@link Instant#EPOCH}, since
     *     nobody knows how old they are
     * @param digest what it pointed at when Larder last looked
     * @param digestAt when that was
     */
    public record Seen(Instant firstSeen, Optional<Digest> digest, Optional<Instant> digestAt) {}

    /** Copies the map. */
    public KnownTags {
        tags = Map.copyOf(tags);
    }

    /** A repository that nobody looked at. */
    public static KnownTags none(RepositoryName repository) {
        return new KnownTags(repository, Map.of(), Optional.empty(), Optional.empty());
    }
}
