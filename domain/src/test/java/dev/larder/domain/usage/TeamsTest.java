package dev.larder.domain.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.UniqueElements;

class TeamsTest {
    private static final String SHARED = "arn:aws:iam::111122223333:role/node";

    @Example
    void aPrincipalBelongsToTheTeamWhosePatternItMatches() {
        Teams teams = new Teams(Map.of("payments", List.of("arn:aws:iam::111122223333:role/payments-*")));

        assertEquals(
                Optional.of("payments"), teams.of("arn:aws:iam::111122223333:role/payments-api", Optional.empty()));
        assertEquals(Optional.empty(), teams.of("arn:aws:iam::111122223333:role/ci/payments-api", Optional.empty()));
        assertEquals(Optional.empty(), teams.of("arn:aws:iam::444455556666:role/payments-api", Optional.empty()));
    }

    @Example
    void workloadsTellTeamsApartThatShareARole() {
        Teams teams = new Teams(ordered("payments", List.of("pod/payments/*"), "search", List.of("pod/search/*")));

        assertEquals(Optional.of("search"), teams.of(SHARED, Optional.of("pod/search/indexer")));
        assertEquals(Optional.of("payments"), teams.of(SHARED, Optional.of("pod/payments/api")));
        assertEquals(Optional.empty(), teams.of(SHARED, Optional.of("pod/search/a/b")));
        assertEquals(Optional.empty(), teams.of(SHARED, Optional.empty()));
    }

    @Example
    void theFirstTeamOfTheFileHasThePull() {
        Teams nodesFirst = new Teams(ordered("nodes", List.of(SHARED), "search", List.of("pod/search/*")));
        Teams podsFirst = new Teams(ordered("search", List.of("pod/search/*"), "nodes", List.of(SHARED)));

        assertEquals(Optional.of("nodes"), nodesFirst.of(SHARED, Optional.of("pod/search/indexer")));
        assertEquals(Optional.of("search"), podsFirst.of(SHARED, Optional.of("pod/search/indexer")));
        assertEquals(Optional.of("nodes"), podsFirst.of(SHARED, Optional.of("pod/web/shop")));
    }

    @Example
    void withoutTeamsNobodyHasATeam() {
        assertEquals(Optional.empty(), new Teams(Map.of()).of(SHARED, Optional.of("pod/search/indexer")));
    }

    @Property
    void anyNumberOfTeamsIsAskedInOrder(
            @ForAll @NotEmpty @Size(max = 20) @UniqueElements List<@AlphaChars @NotEmpty String> names) {
        Map<String, List<String>> patterns = new LinkedHashMap<>();
        names.forEach(name -> patterns.put(name, List.of("**")));

        assertEquals(Optional.of(names.getFirst()), new Teams(patterns).of(SHARED, Optional.empty()));
    }

    private static Map<String, List<String>> ordered(
            String first, List<String> firstPatterns, String second, List<String> secondPatterns) {
        Map<String, List<String>> patterns = new LinkedHashMap<>();
        patterns.put(first, firstPatterns);
        patterns.put(second, secondPatterns);
        return patterns;
    }
}
