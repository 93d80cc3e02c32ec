package dev.larder.functions.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link RuleChecks} does. */
abstract class RuleChecksContract {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    abstract RuleChecks checks();

    @Test
    void aRuleThatWasNeverTriedHasNoCheck() {
        assertEquals(Optional.empty(), checks().of("docker-hub"));
    }

    @Test
    void theLastCheckComesBackAsItWas() {
        RuleCheck invalid = new RuleCheck(Optional.of("no such user"), NOON, NOON.plusSeconds(60));
        RuleCheck other = new RuleCheck(Optional.empty(), NOON, NOON);
        checks().keep("docker-hub", other);
        checks().keep("docker-hub", invalid);
        checks().keep("github", other);

        assertEquals(Optional.of(invalid), checks().of("docker-hub"));
        assertEquals(Optional.of(other), checks().of("github"));
    }

    @Test
    void aRuleThatIsMendedHasNoReasonAnyMore() {
        RuleCheck invalid = new RuleCheck(Optional.of("no such user"), NOON, NOON);
        checks().keep("docker-hub", invalid);
        checks().keep("docker-hub", invalid.then(Optional.empty(), NOON.plusSeconds(60)));

        assertEquals(
                Optional.of(new RuleCheck(Optional.empty(), NOON.plusSeconds(60), NOON.plusSeconds(60))),
                checks().of("docker-hub"));
    }

    @Test
    void anotherReasonDoesNotChangeSinceWhenItIsInvalid() {
        RuleCheck invalid = new RuleCheck(Optional.of("no such user"), NOON, NOON);

        assertEquals(
                new RuleCheck(Optional.of("no such secret"), NOON, NOON.plusSeconds(60)),
                invalid.then(Optional.of("no such secret"), NOON.plusSeconds(60)));
    }
}
