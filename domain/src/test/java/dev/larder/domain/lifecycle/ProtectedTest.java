package dev.larder.domain.lifecycle;

import static dev.larder.domain.lifecycle.Repositories.daysAgo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.larder.domain.image.Glob;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What {@code protect} keeps. */
class ProtectedTest {
    private final Repositories repository = new Repositories();

    @Test
    void aPatternWithoutAColonProtectsEverythingOfARepository() {
        Duration time = Duration.ofDays(7);
        repository.rule = protecting(time, "docker-hub/other", "docker-hub/library/*");
        repository.image(1).superseded(1, daysAgo(40)).image(2, "1");

        assertEquals(
                new Verdict.Keep(Guard.PROTECTED, "its repository matches docker-hub/library/*", Optional.empty()),
                repository.verdict(1));
        assertEquals(Guard.PROTECTED, guard());

        repository.rule = protecting(time, "docker-hub/library/*:*", "docker-hub/other", "**-1");
        assertEquals(
                Reason.SUPERSEDED,
                assertInstanceOf(Verdict.Evict.class, repository.verdict(1)).reason());
        assertEquals(Guard.PROTECTED, guard());
    }

    private static EvictionRule protecting(Duration time, String... patterns) {
        List<Glob> protect = Arrays.stream(patterns).map(Glob::new).toList();
        return new EvictionRule(EvictionRule.ALL, time, time, time, 0, false, protect);
    }

    private Guard guard() {
        return assertInstanceOf(Verdict.Keep.class, repository.verdict(2)).guard();
    }
}
