package dev.larder.functions.registry;

import dev.larder.events.image.Tag;
import java.util.Optional;
import java.util.Set;

/**
 * All tags of a repository at an upstream.
 *
 * @param version what the upstream calls this list: its ETag; absent when it gave none, or several pages
 */
public record TagList(Set<Tag> tags, Optional<String> version) {
    /** Copies the set. */
    public TagList {
        tags = Set.copyOf(tags);
    }
}
