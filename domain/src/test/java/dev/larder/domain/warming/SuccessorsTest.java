package dev.larder.domain.warming;

import static dev.larder.domain.warming.Images.HABIT;
import static dev.larder.domain.warming.Images.NOW;
import static dev.larder.domain.warming.Images.REPOSITORY;
import static dev.larder.domain.warming.Images.pulled;
import static dev.larder.domain.warming.Images.uncached;
import static dev.larder.domain.warming.Images.version;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.domain.image.VersionTag;
import dev.larder.domain.upstream.KnownTags;
import dev.larder.events.image.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SuccessorsTest {
    private static final String HASH = "4f2b7e9d1c3a5b6d8e0f4f2b7e9d1c3a5b6d8e0f";

    @Provide
    Arbitrary<String> tags() {
        Arbitrary<Integer> number = Arbitraries.integers().between(0, 4);
        return Arbitraries.oneOf(
                number.tuple3().map(n -> n.get1() + "." + n.get2() + "." + n.get3()),
                number.tuple3().map(n -> n.get1() + "." + n.get2() + "." + n.get3() + "-alpine3.2" + n.get1()),
                number.tuple2().map(n -> n.get1() + "." + n.get2()),
                number.map(n -> "2024061" + n),
                number.map(n -> "v" + n),
                Arbitraries.of("latest", "latest-pg17", "bookworm", HASH));
    }

    @Property
    void theSuccessorsAreTheSameInWhateverOrderTagsAndPullsAreGiven(
            @ForAll @Size(max = 15) Set<@From("tags") String> fresh,
            @ForAll @Size(max = 8) Set<@From("tags") String> wanted,
            @ForAll long seed) {
        List<String> tags = new ArrayList<>(fresh);
        List<String> pulls = new ArrayList<>(wanted);
        Map<String, Double> first = chances(tags, pulls);
        Collections.shuffle(tags, new Random(seed));
        Collections.shuffle(pulls, new Random(seed));
        Map<String, Double> second = chances(tags, pulls);
        assertEquals(first.keySet(), second.keySet());
        first.forEach((tag, chance) -> assertEquals(chance, second.getOrDefault(tag, -1.0), 1e-12));
    }

    @Property
    void tagsOfOtherFamiliesChangeNothing(
            @ForAll @Size(max = 10) Set<@From("tags") String> fresh,
            @ForAll @Size(max = 6) Set<@From("tags") String> wanted) {
        Set<String> more = new HashSet<>(fresh);
        more.addAll(List.of("9.9.9-windowsservercore", "20991231-slim", "r99", "9.9.9.9", "99-rc1", "nightly"));
        assertEquals(chances(fresh, wanted), chances(more, wanted));
    }

    @Property
    void eachFamilyHasTheSuccessorsThatItHasAlone(
            @ForAll @Size(max = 15) Set<@From("tags") String> fresh,
            @ForAll @Size(max = 8) Set<@From("tags") String> wanted) {
        Map<String, Double> together = chances(fresh, wanted);
        Map<String, Double> alone = new TreeMap<>();
        for (String family : wanted.stream().map(SuccessorsTest::family).collect(Collectors.toSet())) {
            alone.putAll(chances(of(family, fresh), of(family, wanted)));
        }
        assertEquals(alone, together);
    }

    @Property
    void onlyTheNewestOfALineSucceedsAndOnlyWhatIsOlderThanIt(
            @ForAll @Size(max = 15) Set<@From("tags") String> fresh,
            @ForAll @Size(max = 6) Set<@From("tags") String> wanted) {
        Set<Object> lines = new HashSet<>();
        for (Successors.Successor successor : successors(fresh, wanted, new Adoption())) {
            VersionTag found = successor.tag().version();
            assertEquals(successor.image().tag(), found.tag());
            assertEquals(found.family(), successor.after().family());
            assertTrue(successor.after().compareTo(found) < 0);
            assertTrue(lines.add(line(found)), found + " is the second of its line");
            assertTrue(successor.chance() > 0 && successor.chance() <= 1, successor.toString());
            assertTrue(
                    fresh.stream()
                            .flatMap(tag -> VersionTag.of(new Tag(tag)).stream())
                            .noneMatch(other -> line(other).equals(line(found)) && other.compareTo(found) > 0),
                    successor.toString());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1.27.3, 1.27.4",
        "1.27.3-alpine3.20, 1.27.4-alpine3.21",
        "3.9, 3.20",
        "20240612, 20240701",
        "ce-7.1.0.5, ce-7.1.0.5_1",
        "9, 10",
        "v1.2.9, v1.2.10",
        "bookworm-20240612-slim, bookworm-20240701-slim",
    })
    void aNewerTagOfTheSameKindFollows(String pulled, String fresh) {
        boolean sameKind = version(pulled).family().equals(version(fresh).family());
        assertEquals(
                sameKind ? Set.of(fresh) : Set.of(),
                chances(List.of(fresh), List.of(pulled)).keySet());
        assertEquals(Map.of(), chances(List.of(pulled), List.of(fresh)), "an older one does not follow");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"latest-pg17", "latest", HASH, "20240612", "3.20", "alpine3.20", "1.27.4-alpine", "v1.27.4"})
    void whatOnlyLooksLikeAVersionFollowsNoVersion(String fresh) {
        assertEquals(Map.of(), chances(List.of(fresh), List.of("1.27.3", "8")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"latest-pg17", HASH, "latest", "stable-slim"})
    void nothingFollowsATagWithoutAVersion(String pulled) {
        assertEquals(Map.of(), chances(List.of("1.27.4", "latest-pg18", "20240612"), List.of(pulled)));
    }

    @Test
    void whatIsPulledItselfOrOvertakenIsNoSuccessor() {
        assertEquals(Map.of(), chances(List.of("1.27.4"), List.of("1.27.3", "1.27.4")));
        assertEquals(Map.of(), chances(List.of("1.27.4"), List.of("1.27.3", "1.27.5")));
        assertEquals(
                Set.of("1.28.0"), chances(List.of("1.28.0"), List.of("1.27.3")).keySet());
    }

    @Test
    void theFartherAwayTheLessLikelyAndTheMoreWhoMayMoveOnTheLikelier() {
        double patch = chances(List.of("1.27.4"), List.of("1.27.3")).get("1.27.4");
        double minor = chances(List.of("1.28.0"), List.of("1.27.3")).get("1.28.0");
        double major = chances(List.of("2.0.0"), List.of("1.27.3")).get("2.0.0");
        double two = chances(List.of("1.27.4"), List.of("1.27.3", "1.27.2")).get("1.27.4");
        assertTrue(two > patch && patch > minor && minor > major, two + ", " + patch + ", " + minor + ", " + major);
    }

    @Test
    void aSuccessorIsLessLikelyToBePulledTomorrowTheLongerNobodyDid() {
        Successors.Successor successor = successors(List.of("1.27.4"), List.of("1.27.3"), new Adoption())
                .iterator()
                .next();
        double before = 1;
        for (int days = 0; days < 45; days++) {
            double chance = successor.tomorrow(NOW.plus(Duration.ofDays(days)));
            assertTrue(chance >= 0 && chance < before, days + " days: " + chance);
            before = chance;
        }
    }

    @Test
    void whatWasThereInTheFirstListOrLongAgoIsNotNew() {
        Map<Tag, KnownTags.Seen> tags = new HashMap<>();
        tags.put(new Tag("1.0.1"), seen(Instant.EPOCH));
        tags.put(new Tag("1.0.2"), seen(NOW.minus(NewTags.NEW_FOR)));
        tags.put(new Tag("1.0.3"), seen(NOW.minus(NewTags.NEW_FOR).plusSeconds(1)));
        tags.put(new Tag("latest"), seen(NOW));
        NewTags news = NewTags.of(new KnownTags(REPOSITORY, tags, Optional.of(NOW), Optional.empty()), NOW);
        assertEquals(
                List.of(new Tag("1.0.3")),
                news.tags().stream().map(tag -> tag.version().tag()).toList());
    }

    private static String family(String tag) {
        return VersionTag.of(new Tag(tag)).map(VersionTag::family).orElse("");
    }

    private static List<String> of(String family, Collection<String> tags) {
        return tags.stream().filter(tag -> family(tag).equals(family)).toList();
    }

    private static List<Object> line(VersionTag version) {
        return List.of(version.family(), version.version().subList(0, version.versions() - 1));
    }

    private static KnownTags.Seen seen(Instant at) {
        return new KnownTags.Seen(at, Optional.empty(), Optional.empty());
    }

    private static Map<String, Double> chances(Collection<String> fresh, Collection<String> wanted) {
        Map<String, Double> chances = new TreeMap<>();
        successors(fresh, wanted, new Adoption())
                .forEach(successor -> chances.put(successor.image().tag().value(), successor.chance()));
        return chances;
    }

    private static Collection<Successors.Successor> successors(
            Collection<String> fresh, Collection<String> wanted, Adoption adoption) {
        Map<Tag, KnownTags.Seen> tags = new HashMap<>();
        fresh.forEach(tag -> tags.put(new Tag(tag), seen(NOW)));
        NewTags news = NewTags.of(new KnownTags(REPOSITORY, tags, Optional.of(NOW), Optional.empty()), NOW);
        List<Known> pulls =
                wanted.stream().map(tag -> pulled(uncached(tag), HABIT)).toList();
        return Successors.of(news, pulls, adoption, NOW);
    }
}
