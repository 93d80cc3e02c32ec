package dev.larder.functions.registry;

import dev.larder.domain.upstream.FailureKind;
import dev.larder.domain.upstream.TagListing;
import dev.larder.events.image.Tag;
import java.net.URI;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.http.SdkHttpMethod;

/** {@code GET /v2/<name>/tags/list}, page by page. */
final class ListTags {
    private static final int PAGE_SIZE = 1_000;

    /** Registries may give far smaller pages than were asked for: Quay has 50 or 100 tags in one. */
    private static final int MOST_PAGES = 2_000;

    private static final int MOST_TAGS = 250_000;

    /** So many pages in a row without a tag that is not known already are a list without end. */
    private static final int MOST_IDLE_PAGES = 3;

    private static final int LONGEST_VERSION = 1_024;

    private final Requests requests;

    ListTags(Requests requests) {
        this.requests = requests;
    }

    /**
     * Reads one more page into the list.
     *
     * @return false when it is still the one of the version that is known
     */
    boolean page(Look look, UpstreamAddress address, TagListing listing) throws LookFailedException {
        URI page = listing.next().map(URI::create).orElseGet(() -> address.tags(PAGE_SIZE));
        Map<String, String> condition = listing.pages() > 0
                ? Map.of()
                : listing.version().map(known -> Map.of("If-None-Match", known)).orElse(Map.of());
        try (Answer answer = requests.send(look, address, SdkHttpMethod.GET, page, condition)) {
            if (answer.status() == 304 && !condition.isEmpty()) {
                return false;
            }
            if (answer.status() != 200) {
                throw requests.refusal(look, address, answer);
            }
            Set<Tag> tags = new HashSet<>();
            int others = TagPage.read(look, answer, tags);
            if (others > 0) {
                look.log("left out " + others + " entries of the list that are no tags");
            }
            listing.add(tags, version(answer), NextPage.after(look, answer).map(URI::toString));
            check(look, page, listing);
            return true;
        }
    }

    private static void check(Look look, URI page, TagListing read) throws LookFailedException {
        if (read.isComplete()) {
            return;
        }
        if (read.next().filter(page.toString()::equals).isPresent()) {
            throw look.failed(
                    FailureKind.BAD_ANSWER,
                    "EndlessTagList",
                    "its list comes back to a page that was read: " + page.getPath());
        }
        if (read.idle() >= MOST_IDLE_PAGES) {
            throw look.failed(
                    FailureKind.BAD_ANSWER,
                    "EndlessTagList",
                    "the last " + read.idle() + " pages of its list had no new tag, and there are more");
        }
        if (read.pages() >= MOST_PAGES || read.tags().size() > MOST_TAGS) {
            throw look.failed(
                    FailureKind.TOO_LARGE,
                    "TagListTooLong",
                    "its list has more than " + read.pages() + " pages and "
                            + read.tags().size() + " tags");
        }
    }

    private static Optional<String> version(Answer answer) {
        return answer.header("etag").filter(tag -> tag.matches("[\\x21-\\x7e]{1," + LONGEST_VERSION + "}"));
    }
}
