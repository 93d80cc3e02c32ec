package dev.larder.functions.registry;

import dev.larder.domain.upstream.FailureKind;
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
    private static final int MOST_PAGES = 200;
    private static final int MOST_TAGS = 250_000;

    /** So many pages in a row without a tag that is not known already are a list without end. */
    private static final int MOST_IDLE_PAGES = 3;

    private static final int LONGEST_VERSION = 1_024;

    private final Requests requests;

    ListTags(Requests requests) {
        this.requests = requests;
    }

    /**
     * The list.
     *
     * @param version of the list that is known
     * @return empty when it is still that one
     */
    Optional<TagList> all(Look look, UpstreamAddress address, Optional<String> version) throws LookFailedException {
        Set<Tag> tags = new HashSet<>();
        Set<URI> visited = new HashSet<>();
        URI page = address.tags(PAGE_SIZE);
        Map<String, String> condition =
                version.map(known -> Map.of("If-None-Match", known)).orElse(Map.of());
        int others = 0;
        int idle = 0;
        while (visited.add(page)) {
            try (Answer answer = requests.send(look, address, SdkHttpMethod.GET, page, condition)) {
                if (answer.status() == 304 && !condition.isEmpty()) {
                    return Optional.empty();
                }
                if (answer.status() != 200) {
                    throw requests.refusal(look, address, answer);
                }
                int before = tags.size();
                others += TagPage.read(look, answer, tags);
                idle = tags.size() == before ? idle + 1 : 0;
                Optional<URI> next = NextPage.after(look, answer);
                if (next.isEmpty()) {
                    return Optional.of(
                            finished(look, tags, others, visited.size() == 1 ? version(answer) : Optional.empty()));
                }
                checkLength(look, visited.size(), tags.size(), idle);
                page = next.get();
                condition = Map.of();
            }
        }
        throw look.failed(
                FailureKind.BAD_ANSWER,
                "EndlessTagList",
                "its list comes back to a page that was read: " + page.getPath());
    }

    private static void checkLength(Look look, int pages, int tags, int idle) throws LookFailedException {
        if (idle >= MOST_IDLE_PAGES) {
            throw look.failed(
                    FailureKind.BAD_ANSWER,
                    "EndlessTagList",
                    "the last " + idle + " pages of its list had no new tag, and there are more");
        }
        if (pages >= MOST_PAGES || tags > MOST_TAGS) {
            throw look.failed(
                    FailureKind.TOO_LARGE,
                    "TagListTooLong",
                    "its list has more than " + pages + " pages and " + tags + " tags");
        }
    }

    private static TagList finished(Look look, Set<Tag> tags, int others, Optional<String> version) {
        if (others > 0) {
            look.log("left out " + others + " entries of the list that are no tags");
        }
        return new TagList(tags, version);
    }

    private static Optional<String> version(Answer answer) {
        return answer.header("etag").filter(tag -> tag.matches("[\\x21-\\x7e]{1," + LONGEST_VERSION + "}"));
    }
}
