package dev.larder.domain.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EqualTagsTest {
    private static final Digest NEW = new Digest("sha256:" + "1".repeat(64));
    private static final Digest OLD = new Digest("sha256:" + "2".repeat(64));
    private static final String TAGS = "latest alpine 1 1.27 1.27.3 1.27.10 1.27.2 1.27.10-alpine 1.27.10-alpine3.20"
            + " 1.28.0 1.28 1.28.0-alpine 1.28.1rc1 20240612 3f5a9d2c4b7e";

    @ParameterizedTest
    @CsvSource({
        "1.27,        1.27.10 1.27.3 1.27.2",
        "1,           1.28.0 1.28 1.27.10 1.27.3 1.27.2 1.27",
        "1.27-alpine, 1.27.10-alpine",
        "alpine,      1.28.0-alpine 1.27.10-alpine",
        "1.27.3,      ''",
        "bookworm,    ''",
    })
    void moreExactVersionsAreLikelyTheNewestFirst(String tag, String likely) {
        assertEquals(words(likely), texts(EqualTags.of(new Tag(tag), NEW, known(Map.of()))));
    }

    @Test
    void latestIsLikelyTheNewestVersionOrDate() {
        assertEquals(
                List.of("20240612", "1.28.0", "1.28"),
                texts(EqualTags.of(new Tag("latest"), NEW, known(Map.of()))).subList(0, 3));
    }

    @Test
    void whatPointedAtTheDigestComesFirstAndTheTagItselfNever() {
        KnownTags known = known(Map.of("latest", NEW, "1", NEW, "1.27.10", NEW, "1.27.3", OLD));
        assertEquals(
                List.of("1.27.10", "1", "latest", "1.27.3", "1.27.2"),
                texts(EqualTags.of(new Tag("1.27"), NEW, known)));
        assertEquals("1.27.10", texts(EqualTags.of(new Tag("1"), NEW, known)).getFirst());
    }

    private static KnownTags known(Map<String, Digest> digests) {
        Map<Tag, KnownTags.Seen> tags = new HashMap<>();
        words(TAGS)
                .forEach(text -> tags.put(
                        new Tag(text),
                        new KnownTags.Seen(
                                Instant.EPOCH,
                                Optional.ofNullable(digests.get(text)),
                                Optional.ofNullable(digests.get(text)).map(digest -> Instant.EPOCH))));
        return new KnownTags(
                new RepositoryName("docker-hub/library/nginx"), tags, Optional.of(Instant.EPOCH), Optional.empty());
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : Arrays.asList(text.split(" "));
    }

    private static List<String> texts(List<Tag> tags) {
        return tags.stream().map(Tag::value).toList();
    }
}
