package dev.larder.functions.lookout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.config.Registry;
import dev.larder.config.Upstream;
import dev.larder.domain.upstream.Failure;
import dev.larder.events.OwnEvent;
import dev.larder.events.OwnEvent.RuleChecked;
import dev.larder.functions.MovableClock;
import dev.larder.functions.bus.EventBus;
import dev.larder.functions.bus.RecordingBus;
import dev.larder.functions.ecr.CacheException;
import dev.larder.functions.upstream.InMemoryRuleChecks;
import dev.larder.functions.upstream.RuleCheck;
import dev.larder.testevents.TestEvents;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UpstreamLookoutTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    private final MovableClock clock = new MovableClock(NOON);
    private final InMemoryRuleChecks checks = new InMemoryRuleChecks();
    private final RecordingBus bus = new RecordingBus();
    private final Map<String, Optional<String>> ecr =
            new HashMap<>(Map.of("docker-hub", Optional.empty(), "github", Optional.empty()));
    private final List<String> asked = new ArrayList<>();

    @Test
    void onlyRulesWithCredentialsAreTried() throws IOException {
        assertEquals("checked 2, undecided 0, invalid 0", validate(bus));
        assertEquals(List.of("docker-hub", "github"), asked);
        assertEquals(List.of(), bus.events());
    }

    @Test
    void aRuleThatTurnsInvalidIsKeptWithTheReasonAndToldOnce() throws IOException {
        validate(bus);
        ecr.put("docker-hub", Optional.of("wrong password"));
        clock.advance(Duration.ofDays(1));
        assertEquals("checked 2, undecided 0, invalid 1", validate(bus));
        clock.advance(Duration.ofDays(1));
        validate(bus);

        Instant turned = NOON.plus(Duration.ofDays(1));
        assertEquals(List.of(new RuleChecked("docker-hub", Optional.of("wrong password"), turned)), bus.events());
        assertEquals(
                Optional.of(new RuleCheck(Optional.of("wrong password"), turned, clock.instant())),
                checks.of("docker-hub"));
    }

    @Test
    void aRuleThatIsMendedIsToldToo() throws IOException {
        ecr.put("github", Optional.of("expired"));
        validate(bus);
        ecr.put("github", Optional.empty());
        clock.advance(Duration.ofDays(1));
        assertEquals("checked 2, undecided 0, invalid 0", validate(bus));

        assertEquals(
                List.of(
                        new RuleChecked("github", Optional.of("expired"), NOON),
                        new RuleChecked("github", Optional.empty(), clock.instant())),
                bus.events());
    }

    @Test
    void aRuleThatEcrSaysNothingAboutStaysAsItWasAndHoldsUpNoOther() throws IOException {
        ecr.put("docker-hub", Optional.of("wrong password"));
        validate(bus);
        ecr.remove("docker-hub");
        ecr.put("github", Optional.of("expired"));

        assertEquals("checked 1, undecided 1, invalid 2", validate(bus));
        assertEquals(Optional.of("wrong password"), checks.of("docker-hub").flatMap(RuleCheck::failure));
    }

    @Test
    void whatTheBusDidNotTakeIsToldTheNextTime() throws IOException {
        ecr.put("docker-hub", Optional.of("wrong password"));
        EventBus broken = events -> {
            throw new IllegalStateException("no bus");
        };
        assertThrows(IllegalStateException.class, () -> validate(broken));
        validate(bus);

        assertEquals(1, bus.events().size());
    }

    @Test
    void eachRunWritesHowManyRulesAreInvalid() throws IOException {
        ecr.put("docker-hub", Optional.of("wrong password"));
        validate(bus);

        assertEquals(
                Map.of("lists", 2, "tags", 5, "putOff", 0),
                com.fasterxml.jackson.jr.ob.JSON.std.mapFrom(run("scheduler/look-upstream.json", bus)));
        assertEquals(1, rules(bus).invalid());
        assertEquals(2, asked.size(), "looking at upstreams tries no credentials");
    }

    @Test
    void anotherTaskIsAMistakeThatShows() {
        assertThrows(IOException.class, () -> run("scheduler/plan-warming.json", bus));
    }

    @Test
    void theEventReadsAsTheFixtureDoes() throws Exception {
        OwnEvent event = new RuleChecked(
                "docker-hub",
                Optional.of("unauthorized: incorrect username or password"),
                Instant.parse("2026-11-24T11:00:03Z"));
        assertTrue(
                TestEvents.json("larder/rule-checked-invalid.json")
                        .replaceAll("\\s", "")
                        .contains(event.detail().replaceAll("\\s", "")),
                event.detail());
    }

    private String validate(EventBus to) throws IOException {
        Map<String, Object> answer =
                com.fasterxml.jackson.jr.ob.JSON.std.mapFrom(run("scheduler/validate-rules.json", to));
        return "checked " + answer.get("checked") + ", undecided " + answer.get("undecided") + ", invalid "
                + answer.get("invalid");
    }

    private String run(String file, EventBus to) throws IOException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        new UpstreamLookout(rules(to), () -> new LookOutcome(2, 5, List.of()), clock)
                .handleRequest(
                        new ByteArrayInputStream(TestEvents.json(file).getBytes(StandardCharsets.UTF_8)), output, null);
        return output.toString(StandardCharsets.UTF_8);
    }

    private RuleValidation rules(EventBus to) {
        return new RuleValidation(
                List.of(
                        upstream("docker-hub", Registry.DOCKER_HUB, Optional.of("ecr-pullthroughcache/hub")),
                        upstream("quay", Registry.QUAY, Optional.empty()),
                        upstream("github", Registry.GITHUB, Optional.of("ecr-pullthroughcache/github"))),
                this::failure,
                checks,
                to);
    }

    private Optional<String> failure(String prefix) {
        asked.add(prefix);
        if (!ecr.containsKey(prefix)) {
            throw new CacheException(
                    "validate the rule " + prefix, Failure.classify("ThrottlingException", "slow down"));
        }
        return ecr.getOrDefault(prefix, Optional.empty());
    }

    private static Upstream upstream(String prefix, Registry registry, Optional<String> credentials) {
        return new Upstream(prefix, registry, registry.host().orElseThrow(), credentials, List.of(), Optional.empty());
    }
}
