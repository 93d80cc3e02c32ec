package dev.larder.functions.lookout;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.larder.events.image.RepositoryName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ListOrderTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    @Test
    void upstreamsTakeTurnsAndAnotherOneBeginsInEachRun() {
        List<RepositoryName> all = Stream.of("a/x/1", "a/x/2", "a/x/3", "b/y/1", "c/z/1", "c/z/2")
                .map(RepositoryName::new)
                .toList();
        List<String> first = inTurns(all, NOON);
        List<String> second = inTurns(all, NOON.plus(Duration.ofMinutes(15)));
        List<String> third = inTurns(all, NOON.plus(Duration.ofMinutes(30)));
        assertEquals(List.of("a/x/1", "b/y/1", "c/z/1", "a/x/2", "c/z/2", "a/x/3"), first);
        assertEquals(List.of("c/z/1", "a/x/1", "b/y/1", "c/z/2", "a/x/2", "a/x/3"), second);
        assertEquals(List.of("b/y/1", "c/z/1", "a/x/1", "c/z/2", "a/x/2", "a/x/3"), third);
    }

    @Test
    void anotherRepositoryIsTheFirstInEachRun() {
        List<RepositoryName> all =
                Stream.of("a/x/2", "a/x/3", "a/x/1").map(RepositoryName::new).toList();
        assertEquals(
                List.of("a/x/1", "a/x/3", "a/x/2"),
                Stream.of(0, 15, 30)
                        .map(minutes -> ListOrder.rotated(all, NOON.plus(Duration.ofMinutes(minutes)))
                                .getFirst()
                                .value())
                        .toList());
    }

    private static List<String> inTurns(List<RepositoryName> all, Instant now) {
        return ListOrder.inTurns(all, repository -> repository.value().substring(0, 1), now).stream()
                .map(RepositoryName::value)
                .toList();
    }
}
