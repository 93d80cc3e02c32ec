package dev.larder.domain.lifecycle;

import static dev.larder.domain.lifecycle.Repositories.NAME;
import static dev.larder.domain.lifecycle.Repositories.daysAgo;
import static dev.larder.domain.lifecycle.Repositories.digest;
import static dev.larder.domain.lifecycle.Repositories.rule;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.larder.events.image.Digest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What goes by rules and what goes for quotas goes in one run, so that what stays must be served after all of it. */
class QuotaPlansTest {
    private static final Quota QUOTA = new Quota("**", 1, Duration.ofDays(7));

    private final Repositories repository = new Repositories()
            .image(1)
            .image(2)
            .runs(NAME + "@" + digest(1))
            .runs(NAME + "@" + digest(2))
            .index(11, Set.of(2), "11")
            .pulled(11, daysAgo(20))
            .index(12, Set.of(1, 2), "12")
            .pulled(12, daysAgo(60))
            .index(14, Set.of(1), "14")
            .pulled(14, daysAgo(20));

    @Test
    void anIndexThatGoesByARuleServesNobodyUnderAQuota() {
        RepositoryPlan byRules = repository.plan();
        RepositoryPlan underQuota = byRules.underQuota(QUOTA);

        assertEquals(Set.of(digest(12)), Registries.gone(byRules));
        assertEquals(Set.of(digest(12)), Registries.gone(underQuota));
    }

    @Test
    void anIndexThatGoesForOneQuotaServesNobodyUnderAnother() {
        repository.rule = rule(EvictionRule.ALL, 90, 90, 90, 0);
        Quota slow = new Quota("docker-hub/**", 1, Duration.ofDays(30));

        Map<Quota, RepositoryPlan> plans = repository.plan().underQuotas(List.of(QUOTA, slow));

        assertEquals(Set.of(QUOTA, slow), plans.keySet());
        plans.values().forEach(plan -> assertEquals(Set.of(digest(12)), Registries.gone(plan)));
    }

    @Test
    void anObjectionChangesNothingOfThat() {
        Map<Digest, Objection> objections = Map.of(digest(12), new Objection(Guard.GONE_UPSTREAM, "gone"));

        RepositoryPlan underQuota = repository.plan().underQuota(QUOTA).objected(objections);

        assertEquals(Set.of(), Registries.gone(underQuota));
    }

    @Test
    void aQuotaThatDoesNotCoverTheRepositoryHasNoPlan() {
        Quota other = new Quota("quay/**", 1, Duration.ofDays(7));

        assertEquals(Map.of(), repository.plan().underQuotas(List.of(other)));
    }
}
