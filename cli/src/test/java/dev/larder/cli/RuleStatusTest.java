package dev.larder.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.larder.config.Registry;
import dev.larder.config.Upstream;
import dev.larder.functions.upstream.RuleCheck;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code larder status} says of rules. */
class RuleStatusTest {
    private static final Instant YESTERDAY = Instant.parse("2026-11-23T10:20:00Z");
    private static final Upstream HUB =
            upstream("docker-hub", Registry.DOCKER_HUB, Optional.of("ecr-pullthroughcache/hub"));
    private static final Upstream QUAY = upstream("quay", Registry.QUAY, Optional.empty());

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private RecordedCell cell;

    @BeforeEach
    void open() throws Exception {
        cell = new RecordedCell(folder);
    }

    @AfterEach
    void close() {
        cell.close();
    }

    @Test
    void aRuleWithoutCredentialsNeedsNoCheckAndOneWithThemDoes() {
        assertEquals("no login", status().word(QUAY));
        assertEquals("not checked yet", status().word(HUB));
        assertEquals("", RecordedCell.printed(status()::print));
    }

    @Test
    void aRuleThatWorksIsValid() {
        cell.operated.ruleChecks().keep("docker-hub", new RuleCheck(Optional.empty(), YESTERDAY, RecordedCell.NOW));

        assertEquals("valid", status().word(HUB));
        assertEquals("", RecordedCell.printed(status()::print));
    }

    @Test
    void aRuleOfWhichEcrSaysNothingAnyMoreIsValidAsOfThatDay() {
        Instant lately = RecordedCell.NOW.minus(Duration.ofHours(49));
        cell.operated.ruleChecks().keep("docker-hub", new RuleCheck(Optional.empty(), lately, lately));

        assertEquals("valid as of 2026-11-22, undecided since", status().word(HUB));
    }

    @Test
    void aRuleThatDoesNotWorkIsToldWithTheReasonAndTheSecret() {
        cell.operated
                .ruleChecks()
                .keep("docker-hub", new RuleCheck(Optional.of("wrong password"), YESTERDAY, RecordedCell.NOW));

        assertEquals("INVALID", status().word(HUB));
        assertEquals(
                "the rule docker-hub is INVALID since 2026-11-23T10:20:00Z (1 d ago): wrong password; last tried"
                        + " 2026-11-24T10:20:00Z (0 s ago); its secret is ecr-pullthroughcache/hub\n\n",
                RecordedCell.printed(status()::print));
    }

    private RuleStatus status() {
        return new RuleStatus(cell.operated.ruleChecks(), List.of(HUB, QUAY), RecordedCell.NOW);
    }

    private static Upstream upstream(String prefix, Registry registry, Optional<String> credentials) {
        return new Upstream(prefix, registry, registry.host().orElseThrow(), credentials, List.of(), Optional.empty());
    }
}
