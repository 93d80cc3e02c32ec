package dev.larder.domain.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.larder.events.image.Tag;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MovingTagsTest {
    private static Set<String> among(String... tags) {
        return MovingTags.among(Stream.of(tags).map(Tag::new).collect(Collectors.toSet())).stream()
                .map(Tag::value)
                .collect(Collectors.toSet());
    }

    @Test
    void whatStandsForTheNewestOfOthersMoves() {
        assertEquals(
                Set.of("1", "1.27", "1.27-alpine", "alpine3.21", "v2"),
                among(
                        "1",
                        "1.27",
                        "1.27.3",
                        "1.26.2",
                        "1.27-alpine",
                        "1.27.3-alpine",
                        "1.27.3-alpine3.21",
                        "alpine3.21",
                        "v2",
                        "v2.0"));
    }

    @Test
    void aNameMovesAndACommitADateAndALonelyVersionDoNot() {
        assertEquals(Set.of("latest", "main"), among("latest", "main", "17", "20240612", "g0a1b2c3", "sha256-0123"));
    }
}
