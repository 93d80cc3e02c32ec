package dev.larder.functions.objections;

import static dev.larder.functions.objections.Candidates.REPOSITORY;
import static dev.larder.functions.objections.Candidates.digest;
import static dev.larder.functions.objections.Candidates.image;
import static dev.larder.functions.objections.Candidates.index;
import static dev.larder.functions.objections.Candidates.referrer;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.larder.domain.lifecycle.Guard;
import dev.larder.domain.lifecycle.Manifest;
import dev.larder.domain.lifecycle.Objection;
import dev.larder.events.image.Digest;
import dev.larder.functions.lifecycle.Objections;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TopsTest {
    private static String tops(Manifest... candidates) {
        return Tops.of(List.of(candidates)).stream()
                .map(manifest -> manifest.digest().hex().substring(0, 1))
                .sorted()
                .collect(Collectors.joining());
    }

    @Test
    void whatIsListedOrRefersComesWithTheOther() {
        assertEquals("ad", tops(index('a', "bc", "1"), image('b'), image('c'), image('d'), referrer('e', 'a')));
    }

    @Test
    void whatIsListedByAnIndexThatStaysOrRefersToWhatStaysStandsForItself() {
        assertEquals("be", tops(image('b'), referrer('e', 'a')));
    }

    @Test
    void ofACircleOneIsAskedForAndOneThatListsItselfAsWell() {
        assertEquals("a", tops(index('a', "b"), index('b', "a")));
        assertEquals("a", tops(index('a', "a")));
        assertEquals("ac", tops(index('a', "b"), index('b', "a"), index('c', "d"), image('d')));
    }

    @Test
    void whoHasAnObjectionIsNotAskedAboutAgainNorAreItsRelatives() {
        List<Set<Digest>> asked = new ArrayList<>();
        Objections first = (_, candidates, _, _) -> {
            asked.add(digests(candidates));
            return Map.of(digest('a'), new Objection(Guard.IN_USE, "in use"));
        };
        Objections second = (_, candidates, _, _) -> {
            asked.add(digests(candidates));
            return Map.of(digest('d'), new Objection(Guard.GONE_UPSTREAM, "gone"));
        };
        List<Manifest> candidates =
                List.of(index('a', "bc"), image('b'), image('c'), image('d'), referrer('e', 'b'), referrer('f', 'e'));
        assertEquals(
                Set.of(digest('a'), digest('d')),
                new CheapestFirst(List.of(first, second, first))
                        .of(REPOSITORY, candidates, Duration.ofDays(1), false)
                        .keySet());
        assertEquals(List.of(digests(candidates), Set.of(digest('d'))), asked);
    }

    private static Set<Digest> digests(List<Manifest> manifests) {
        return manifests.stream().map(Manifest::digest).collect(Collectors.toSet());
    }
}
