package dev.larder.domain.upstream;

import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The tags that an upstream has in one repository, as far as Larder looked.
 *
 * @param repository as it is cached, prefix included
 * @param tags every tag of the last complete list, and those that were found one by one since
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
    public record Seen(Instant firstSeen, Optional<Digest> digest, Optional<Instant> digestAt) {
        static Seen at(Instant firstSeen) {
            return new Seen(firstSeen, Optional.empty(), Optional.empty());
        }
    }

    /** Copies the map. */
    public KnownTags {
        tags = Map.copyOf(tags);
    }

    /** A repository that nobody looked at. */
    public static KnownTags none(RepositoryName repository) {
        return new KnownTags(repository, Map.of(), Optional.empty(), Optional.empty());
    }

    /**
     * What is known after a complete list. Tags that are not in it are gone; those that are new are as old as it, and of
     * unknown age when it is the repository's first.
     *
     * @param now when it was read; a list from before the last one changes nothing
     */
    public KnownTags listed(Set<Tag> list, Optional<String> listVersion, Instant now) {
        if (listedAt.filter(now::isBefore).isPresent()) {
            return this;
        }
        Map<Tag, Seen> after = HashMap.newHashMap(list.size());
        for (Tag tag : list) {
            Seen seen = tags.get(tag);
            after.put(tag, seen == null ? Seen.at(firstSeen(now)) : seen);
        }
        return new KnownTags(repository, after, Optional.of(now), listVersion);
    }

    /** What is known after the upstream said that its list is still the one of this version. */
    public KnownTags unchanged(Instant now) {
        return listedAt.filter(last -> !now.isBefore(last)).isPresent()
                ? new KnownTags(repository, tags, Optional.of(now), version)
                : this;
    }

    /**
     * What is known after looking at one tag.
     *
     * @param now when it pointed at the digest; a look from before the last one changes nothing
     */
    public KnownTags looked(Tag tag, Digest digest, Instant now) {
        return looked(Map.of(tag, digest), now);
    }

    /** What is known after looking at several tags. */
    public KnownTags looked(Map<Tag, Digest> digests, Instant now) {
        Map<Tag, Seen> after = new HashMap<>(tags);
        digests.forEach((tag, digest) -> {
            Seen seen = tags.getOrDefault(tag, Seen.at(firstSeen(now)));
            if (seen.digestAt().filter(now::isBefore).isEmpty()) {
                after.put(tag, new Seen(seen.firstSeen(), Optional.of(digest), Optional.of(now)));
            }
        });
        return new KnownTags(repository, after, listedAt, version);
    }

    /** What is known after the upstream said that it has no such tag. */
    public KnownTags gone(Tag tag) {
        Map<Tag, Seen> after = new HashMap<>(tags);
        after.remove(tag);
        return new KnownTags(repository, after, listedAt, version);
    }

    private Instant firstSeen(Instant now) {
        return listedAt.isPresent() ? now : Instant.EPOCH;
    }
}
