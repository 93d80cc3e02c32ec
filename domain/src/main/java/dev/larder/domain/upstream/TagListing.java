package dev.larder.domain.upstream;

import dev.larder.events.image.Tag;
import java.util.Collections;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A repository's list of tags as far as it was read: a list of many pages is read in several runs, as its upstream's budget
 * and the time allow. It grows in place, since a list of 100,000 tags may come in 2,000 pages.
 */
public final class TagListing {
    private final Set<Tag> tags;
    private Optional<String> version;
    private Optional<String> next;
    private int pages;
    private int idle;

    private TagListing(Set<Tag> tags, Optional<String> version, Optional<String> next, int pages, int idle) {
        this.tags = new HashSet<>(tags);
        this.version = version;
        this.next = next;
        this.pages = pages;
        this.idle = idle;
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
     * A list that was begun in another run.
     *
     * @param tags of the pages that were read
     * @param next where the next page is
     * @param pages that were read
     * @param idle see {@link #idle()}
     */
    public static TagListing begun(Set<Tag> tags, Optional<String> next, int pages, int idle) {
        return new TagListing(tags, Optional.empty(), next, pages, idle);
    }

    /**
     * Adds a page.
     *
     * @param pageVersion what the upstream calls this page
     * @param following where the next one is; absent after the last
     */
    public void add(Set<Tag> page, Optional<String> pageVersion, Optional<String> following) {
        version = pages == 0 && following.isEmpty() ? pageVersion : Optional.empty();
        idle = tags.addAll(page) ? 0 : idle + 1;
        next = following;
        pages++;
    }

    /** The tags of the pages that were read. */
    public Set<Tag> tags() {
        return Collections.unmodifiableSet(tags);
    }

    /**
     * What the upstream calls the whole list: its ETag; of a list of several pages absent. Before the first page the one
     * that is known already.
     */
    public Optional<String> version() {
        return version;
    }

    /** Where the next page is; absent before the first page and after the last. */
    public Optional<String> next() {
        return next;
    }

    /** How many pages were read. */
    public int pages() {
        return pages;
    }

    /** How many pages in a row, up to the last one, had no new tag. */
    public int idle() {
        return idle;
    }

    /** Whether the last page was read. */
    public boolean isComplete() {
        return pages > 0 && next.isEmpty();
    }
}
