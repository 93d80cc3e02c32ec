package dev.larder.local.ecr.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.larder.local.ecr.lifecycle.TagRequirement.Patterns;
import dev.larder.local.ecr.lifecycle.TagRequirement.Prefixes;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TagRequirementTest {
    @ParameterizedTest
    @CsvSource({
        "prod*,         prod,                true",
        "prod*,         production-team1,    true",
        "prod*,         repo-production,     false",
        "*prod*,        repo-production,     true",
        "*prod*,        prod-team,           true",
        "prod,          prod,                true",
        "prod,          prod1,               false",
        "1.2.*,         1.2.3,               true",
        "1.2.*,         1x2.3,               false",
        "*-a*-b,        x-a1-b,              true",
        "*-a*-b,        x-b1-a,              false",
        "alpha* beta*,  alpha-1 beta-1 c,    true",
        "alpha* beta*,  alpha-1,             false",
    })
    void eachPatternNeedsATagThatMatches(String patterns, String tags, boolean matches) {
        assertEquals(matches, new Patterns(words(patterns)).matches(words(tags)));
    }

    @ParameterizedTest
    @CsvSource({
        "prod,          prod1,               true",
        "prod,          a-prod,              false",
        "pro*,          prod,                false",
        "alpha beta,    alpha-1 beta-1 c,    true",
        "alpha beta,    alpha-1,             false",
    })
    void eachPrefixNeedsATagThatStartsWithIt(String prefixes, String tags, boolean matches) {
        assertEquals(matches, new Prefixes(words(prefixes)).matches(words(tags)));
    }

    private static List<String> words(String text) {
        return List.of(text.split(" ", -1));
    }
}
