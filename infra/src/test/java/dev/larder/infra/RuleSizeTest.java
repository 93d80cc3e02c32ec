package dev.larder.infra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RuleSizeTest {
    private static final UncountedCallers CALLERS = new UncountedCallers(
            List.of("arn:aws:iam::111122223333:role/scanner"), List.of("arn:aws:iam::111122223333:user/mary"));
    private static final JsonMapper JSON = new JsonMapper();

    @Example
    void aFewPrefixesNeedOneRule() {
        List<String> prefixes = List.of("docker-hub", "quay", "ghcr");
        assertEquals(List.of(prefixes), RuleSize.split(prefixes, EventPatterns::repositoryCreations));
        assertEquals(List.of(prefixes), RuleSize.split(prefixes, EventPatterns::cacheEvents));
    }

    @Example
    void asManyPrefixesAsEcrTakesNeedMore() {
        List<String> prefixes = IntStream.range(0, 50)
                .mapToObj(i -> "prefix-of-thirty-characters-%02d".formatted(i))
                .toList();
        assertEquals(
                2, RuleSize.split(prefixes, EventPatterns::repositoryCreations).size());
        assertEquals(3, RuleSize.split(prefixes, EventPatterns::cacheEvents).size());
    }

    @Property
    void everyPrefixIsInOneRuleAndEveryRuleFits(@ForAll("prefixes") List<String> prefixes)
            throws JsonProcessingException {
        List<List<String>> groups = RuleSize.split(prefixes, EventPatterns::cacheEvents);
        assertEquals(prefixes, groups.stream().flatMap(List::stream).toList());
        for (List<String> group : groups) {
            assertTrue(
                    JSON.writeValueAsString(EventPatterns.cacheEvents(group)).length() <= RuleSize.PATTERN_CHARACTERS);
        }
    }

    @Property
    void thePatternsLengthIsThatOfItsJson(@ForAll("prefixes") List<String> prefixes) throws JsonProcessingException {
        assertEquals(
                JSON.writeValueAsString(EventPatterns.pulls(prefixes, CALLERS)).length(),
                RuleSize.characters(EventPatterns.pulls(prefixes, CALLERS)));
    }

    @Provide
    Arbitrary<List<String>> prefixes() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .ofMinLength(2)
                .ofMaxLength(30)
                .list()
                .ofMinSize(1)
                .ofMaxSize(50)
                .uniqueElements();
    }
}
