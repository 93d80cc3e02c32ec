package dev.larder.domain.upstream;

import dev.larder.events.image.Tag;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A repository's list of tags as far as it was read: a list of many pages is read in several runs, as its upstream's budget
 * and the time allow.
 *
 * @param tags of the pages that were read
 * @param version what the upstream calls the whole list: its ETag; of a list of several pages absent. Before the first page
 *     the one that is known already
 * @param next where the next page is; absent before the first page and after the last
 * @param pages that were read
 * @param idle the last pages in a row that had no new tag
 */
public record TagListing(Set<Tag> tags, Optional<String> version, Optional<String> next, int pages, int idle) {
    /** Copies the set. */
    public TagListing {
        tags = Set.copyOf(tags);
    }

    /**
     * A list of which nothing was read.
     *
     * @param known the version of the list that is known already
     */
    public static TagListing of(Optional<String> known) {
        return new TagListing(Set.of(), known, Optional.empty(), 0, 0);
    }

    /**
     * With one more page.
     *
     * @param pageVersion what the upstream calls this page
     * @param following where the next one is; absent after the last
     */
    public TagListing with(Set<Tag> page, Optional<String> pageVersion, Optional<String> following) {
        Set<Tag> all = new HashSet<>(tags);
        boolean news = all.addAll(page);
        return new TagListing(
                all,
                pages == 0 && following.isEmpty() ? pageVersion : Optional.empty(),
                following,
                pages + 1,
                news ? 0 : idle + 1);
    }

    /** Whether the last page was read. */
    public boolean isComplete() {
        return pages > 0 && next.isEmpty();
    }
}
