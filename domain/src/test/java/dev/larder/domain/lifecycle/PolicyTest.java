package dev.larder.domain.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.domain.upstream.Tariff;
import dev.larder.events.image.RepositoryName;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PolicyTest {
    @Test
    void theMostSpecificRuleWins() {
        Policy policy =
                policy("**", "docker-hub/**", "docker-hub/library/**", "docker-hub/library/*", "*/library/nginx");

        assertEquals("**", ruleOf(policy, "quay/team/app"));
        assertEquals("docker-hub/**", ruleOf(policy, "docker-hub/grafana/grafana"));
        assertEquals("docker-hub/library/*", ruleOf(policy, "docker-hub/library/nginx"));
        assertEquals("docker-hub/library/**", ruleOf(policy, "docker-hub/library/a/b"));
        assertEquals("*/library/nginx", ruleOf(policy, "quay/library/nginx"));
    }

    @Test
    void aPolicyHasOneRuleForEverythingAndNoMatchTwice() {
        assertThrows(IllegalArgumentException.class, () -> policy("docker-hub/**"));
        assertThrows(IllegalArgumentException.class, () -> policy("**", "quay/**", "quay/**"));
    }

    @Test
    void noTimeIsShorterThanADay() {
        Duration day = Duration.ofDays(1);
        Duration less = day.minusSeconds(1);
        for (List<Duration> times :
                List.of(List.of(less, day, day), List.of(day, less, day), List.of(day, day, less))) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new EvictionRule("**", times.get(0), times.get(1), times.get(2), 0, false, List.of()));
        }
        assertThrows(IllegalArgumentException.class, () -> new Quota("**", 1, less));
        assertThrows(IllegalArgumentException.class, () -> new Quota("**", 0, day));
    }

    @Test
    void whatIsPulledMoreCostsMoreOrIsSmallerIsWorthMore() {
        Value value = Value.of(2, 3, 100);

        assertEquals(0.06, value.perByte(), 1e-12);
        assertTrue(value.compareTo(Value.of(3, 3, 100)) < 0);
        assertTrue(value.compareTo(Value.of(2, 4, 100)) < 0);
        assertTrue(value.compareTo(Value.of(2, 3, 99)) < 0);
        assertEquals(Value.of(1, 1, 1), Value.of(1, 0, 0));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Use(Optional.empty(), Optional.empty(), Optional.empty(), Double.NaN));
    }

    @Test
    void fetchingAgainCostsWhatTheUpstreamCounts() {
        assertEquals(3, Value.requests(Optional.of(Tariff.MANIFESTS), 3, 2));
        assertEquals(3 + 16, Value.requests(Optional.of(Tariff.REQUESTS), 3, 2));
        assertEquals(0, Value.requests(Optional.empty(), 3, 2));
    }

    @Test
    void aGroupIsWorthWhatAllOfItIsWorth() {
        Repositories repository = new Repositories();
        repository.index(1, Set.of(2, 3), "1").image(2).image(3).used(1, 0.5).used(2, 1.5);

        Group group = Groups.of(repository.plan()).getFirst();

        assertEquals(200, group.bytes());
        assertEquals(Value.of(2, 1, 200), group.value());
        assertEquals(Offer.of(group).value(), group.value());
    }

    private static Policy policy(String... matches) {
        return new Policy(
                List.of("docker-hub"),
                Set.of(),
                List.of(),
                Arrays.stream(matches)
                        .map(match -> Repositories.rule(match, 30, 30, 30, 0))
                        .toList());
    }

    private static String ruleOf(Policy policy, String repository) {
        return policy.ruleOf(new RepositoryName(repository)).match();
    }
}
