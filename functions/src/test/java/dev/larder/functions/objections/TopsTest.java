package dev.larder.functions.objections;

import static dev.larder.functions.objections.Candidates.REPOSITORY;
import static dev.larder.functions.objections.Candidates.digest;
import static dev.larder.functions.objections.Candidates.image;
import static dev.larder.functions.objections.Candidates.index;
import static dev.larder.functions.objections.Candidates.referrer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.domain.lifecycle.Guard;
import dev.larder.domain.lifecycle.Manifest;
import dev.larder.domain.lifecycle.Objection;
import dev.larder.events.image.Digest;
import dev.larder.functions.lifecycle.Objections;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class TopsTest {
    private static final String NAMES = "abcdef";

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
    void whatOnlyATagTiesToAnotherStandsForItselfAsItIsUndoneByThatTag() {
        assertEquals(
                "ab", tops(image('a', "1"), image('b', "sha256-" + digest('a').hex() + ".sig")));
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
            return new Objections.Asked(
                    Map.of(digest('a'), new Objection(Guard.IN_USE, "in use")), Map.of(digest('d'), List.of("one")));
        };
        Objections second = (_, candidates, _, _) -> {
            asked.add(digests(candidates));
            return new Objections.Asked(Map.of(digest('d'), new Objection(Guard.GONE_UPSTREAM, "gone")), Map.of());
        };
        List<Manifest> candidates =
                List.of(index('a', "bc"), image('b'), image('c'), image('d'), referrer('e', 'b'), referrer('f', 'e'));
        assertEquals(
                Set.of(digest('a'), digest('d')),
                new CheapestFirst(List.of(first, second, first))
                        .of(REPOSITORY, candidates, Duration.ofDays(1), false)
                        .against()
                        .keySet());
        assertEquals(List.of(digests(candidates), Set.of(digest('d'))), asked);
    }

    @Test
    void whatEachSignalSawIsAddedUp() {
        Objections first = (_, candidates, _, _) -> Objections.Asked.seen(candidates, "one");
        Objections second = (_, candidates, _, _) -> Objections.Asked.seen(candidates, "two");
        assertEquals(
                Map.of(digest('a'), List.of("one", "two"), digest('b'), List.of("one", "two")),
                new CheapestFirst(List.of(first, second))
                        .of(REPOSITORY, List.of(image('a'), image('b')), Duration.ofDays(1), false)
                        .seen());
    }

    /** By an independent reading: from each of them, what it lists, and what that lists. */
    @Property
    void everyImageIsReachedFromATopAndNoTopLiesUnderAnotherUnlessInACircle(
            @ForAll("registries") List<String> children) {
        List<Manifest> candidates = new ArrayList<>();
        for (int i = 0; i < children.size(); i++) {
            candidates.add(index(NAMES.charAt(i), children.get(i)));
        }
        List<Manifest> tops = Tops.of(candidates);
        Map<Digest, Set<Digest>> reached = new HashMap<>();
        candidates.forEach(manifest -> reached.put(manifest.digest(), reach(manifest.digest(), candidates)));
        for (Manifest manifest : candidates) {
            assertTrue(tops.stream().anyMatch(top -> reached.get(top.digest()).contains(manifest.digest())));
        }
        for (Manifest top : tops) {
            assertTrue(tops.stream()
                    .filter(other -> !other.digest().equals(top.digest()))
                    .noneMatch(other -> reached.get(other.digest()).contains(top.digest())
                            && !reached.get(top.digest()).contains(other.digest())
                            && candidates.indexOf(other) < candidates.indexOf(top)));
        }
    }

    private static Set<Digest> reach(Digest from, List<Manifest> candidates) {
        Set<Digest> reached = new HashSet<>(Set.of(from));
        for (int i = 0; i < candidates.size(); i++) {
            for (Manifest manifest : candidates) {
                if (reached.contains(manifest.digest())) {
                    reached.addAll(manifest.children().orElseThrow());
                }
            }
        }
        return reached;
    }

    @Provide
    Arbitrary<List<String>> registries() {
        return Arbitraries.strings()
                .withChars(NAMES)
                .ofMaxLength(3)
                .list()
                .ofMinSize(1)
                .ofMaxSize(NAMES.length());
    }

    private static Set<Digest> digests(List<Manifest> manifests) {
        return manifests.stream().map(Manifest::digest).collect(Collectors.toSet());
    }
}
