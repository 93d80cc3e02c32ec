package dev.larder.domain.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.domain.lifecycle.Registries.Case;
import dev.larder.events.image.Digest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** What is said of one manifest agrees with what is decided about it. */
class ExplanationTest {
    private static final Instant NOW = Registries.NOW;
    private static final Digest INDEX = Registries.digest(1);
    private static final Digest IMAGE = Registries.digest(2);

    private static final Objection GONE = new Objection(Guard.GONE_UPSTREAM, "the upstream has it no more");

    @Provide
    static Arbitrary<Case> registry() {
        return Registries.cases();
    }

    @Property(tries = 300)
    void thePlansGuardIsTheFirstOfAllThatKeepAndWhatGoesIsKeptByNone(
            @ForAll("registry") Case registry, @ForAll int objected) {
        RepositoryPlan byRules = registry.planByRules();
        Map<Digest, Objection> objections = new HashMap<>();
        List<Digest> digests = List.copyOf(byRules.manifests().keySet());
        for (int i = 0; i < digests.size(); i++) {
            if ((objected >> i & 1) == 1) {
                objections.put(digests.get(i), GONE);
            }
        }
        RepositoryPlan plan = byRules.objected(objections);
        for (Map.Entry<Digest, Verdict> decided : plan.verdicts().entrySet()) {
            Explanation said = Explanation.of(registry.state(), registry.policy(), objections, decided.getKey(), NOW);
            assertEquals(decided.getValue(), said.verdict());
            switch (decided.getValue()) {
                case Verdict.Evict evict -> {
                    assertEquals(List.of(), said.keeps());
                    assertEquals(evict.rule(), said.rule());
                    assertEquals(evict.reason(), said.reason());
                }
                case Verdict.Keep keep -> assertEquals(keep, said.keeps().getFirst());
            }
        }
    }

    @Property(tries = 200)
    void whatIsForetoldComesTrueAndNotSooner(@ForAll("registry") Case registry) {
        for (Digest digest : registry.planByRules().verdicts().keySet()) {
            switch (Forecast.of(registry.state(), registry.policy(), Optional.empty(), Map.of(), digest, NOW)) {
                case Forecast.From(Instant at) -> {
                    assertTrue(goes(registry, digest, at));
                    assertFalse(at.isAfter(NOW) && goes(registry, digest, at.minusMillis(1)));
                }
                case Forecast.Stays stays ->
                    assertFalse(goes(registry, digest, NOW), () -> digest + " stays because of " + stays);
            }
        }
    }

    private static boolean goes(Case registry, Digest digest, Instant at) {
        return RepositoryPlan.of(registry.state(), registry.policy(), at).evicts(digest);
    }

    @Test
    void anIndexThatWasPulledGoesWhenTheRulesTimeIsOverWithWhatItLists() {
        Instant pulled = NOW.minus(Duration.ofDays(20));
        RepositoryState state = state(Map.of(INDEX, new Use(Optional.of(pulled), Optional.empty(), Optional.empty())));
        Explanation said = Explanation.of(state, policy(), Map.of(), IMAGE, NOW);
        assertEquals(
                List.of(Guard.LISTED),
                said.keeps().stream().map(Verdict.Keep::guard).toList());
        assertEquals(
                List.of(INDEX), said.goesWith().stream().map(Manifest::digest).toList());
        assertEquals(
                new Forecast.From(pulled.plus(Duration.ofDays(30))),
                Forecast.of(state, policy(), Optional.empty(), Map.of(), IMAGE, NOW));
        assertEquals(
                new Forecast.From(NOW),
                Forecast.of(
                        state,
                        policy(),
                        Optional.of(new Quota("docker-hub/**", 1, Duration.ofDays(20))),
                        Map.of(),
                        IMAGE,
                        NOW));
    }

    @Test
    void whatSpeaksAgainstItBeyondTheStateKeepsItAndWhatItListsHoweverLongNothingPullsThem() {
        Instant pulled = NOW.minus(Duration.ofDays(20));
        RepositoryState state = state(Map.of(INDEX, new Use(Optional.of(pulled), Optional.empty(), Optional.empty())));
        Map<Digest, Objection> gone = Map.of(INDEX, GONE);
        Explanation said = Explanation.of(state, policy(), gone, INDEX, NOW);
        assertEquals(
                List.of(Guard.PULLED, Guard.GONE_UPSTREAM),
                said.keeps().stream().map(Verdict.Keep::guard).toList());
        assertEquals(
                new Forecast.Stays(new Verdict.Keep(GONE.guard(), GONE.detail(), Optional.empty())),
                Forecast.of(state, policy(), Optional.empty(), gone, INDEX, NOW));
        assertInstanceOf(Forecast.Stays.class, Forecast.of(state, policy(), Optional.empty(), gone, IMAGE, NOW));
    }

    @Test
    void everyGuardIsNamedNotTheFirstAlone() {
        Instant lately = NOW.minusSeconds(60);
        RepositoryState state =
                state(Map.of(INDEX, new Use(Optional.of(lately), Optional.of(lately), Optional.of(lately))));
        assertEquals(
                List.of(Guard.PULLED, Guard.PUSHED, Guard.WARMED),
                Explanation.of(state, policy(), Map.of(), INDEX, NOW).keeps().stream()
                        .map(Verdict.Keep::guard)
                        .toList());
    }

    @Test
    void whatItsIndexKeepsIsNamedAlsoBesideItsOwnGuard() {
        Instant lately = NOW.minusSeconds(60);
        Use warmed = new Use(Optional.empty(), Optional.of(lately), Optional.empty());
        Use pulled = new Use(Optional.of(lately), Optional.empty(), Optional.empty());
        assertEquals(
                List.of(Guard.WARMED, Guard.LISTED),
                Explanation.of(state(Map.of(INDEX, pulled, IMAGE, warmed)), policy(), Map.of(), IMAGE, NOW)
                        .keeps()
                        .stream()
                        .map(Verdict.Keep::guard)
                        .toList());
    }

    private static Policy policy() {
        Duration month = Duration.ofDays(30);
        return new Policy(
                List.of("docker-hub"),
                Set.of(),
                List.of(),
                List.of(new EvictionRule(EvictionRule.ALL, month, month, month, 0, false, List.of())));
    }

    private static RepositoryState state(Map<Digest, Use> uses) {
        return new RepositoryState(
                Registries.REPOSITORY,
                List.of(manifest(INDEX, Registries.INDEX, Set.of(IMAGE)), manifest(IMAGE, Registries.IMAGE, Set.of())),
                uses,
                Optional.of(NOW.minus(Duration.ofDays(400))),
                List.of(),
                Map.of(),
                Optional.empty());
    }

    private static Manifest manifest(Digest digest, String mediaType, Set<Digest> children) {
        return new Manifest(
                Registries.REPOSITORY,
                digest,
                List.of(),
                Optional.of(mediaType),
                OptionalLong.of(1),
                Optional.of(NOW.minus(Duration.ofDays(300))),
                Optional.empty(),
                Optional.empty(),
                Optional.of(children));
    }
}
