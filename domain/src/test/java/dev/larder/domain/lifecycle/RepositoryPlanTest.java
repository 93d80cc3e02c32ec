package dev.larder.domain.lifecycle;

import static dev.larder.domain.lifecycle.Repositories.NOW;
import static dev.larder.domain.lifecycle.Repositories.daysAgo;
import static dev.larder.domain.lifecycle.Repositories.digest;
import static dev.larder.domain.lifecycle.Repositories.rule;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.larder.events.image.RepositoryName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is decided in the cases that people ask about, and with what words. */
class RepositoryPlanTest {
    private final Repositories repository = new Repositories();

    @Test
    void everySignalHasALineInTheEvidence() {
        repository.rule = rule(EvictionRule.ALL, 30, 7, 14, 1);
        repository.image(1, "1.27.3").image(2, "1.27.4").pulled(1, daysAgo(40));

        Verdict.Evict evict = assertInstanceOf(Verdict.Evict.class, repository.verdict(1));

        assertEquals(Reason.NOT_PULLED, evict.reason());
        assertEquals("**", evict.rule());
        assertEquals(
                List.of(
                        "rule **: not pulled for 30 d",
                        "every pull is recorded since 2025-11-24T12:00:00Z",
                        "last pull in the record: 2026-10-15T12:00:00Z",
                        "last pull that ECR recorded: never",
                        "pushed: 2026-08-26T12:00:00Z",
                        "imported: never",
                        "warmed: never",
                        "in use: not according to ECS, Lambda",
                        "not pinned, not protected by any of 0 patterns",
                        "family: 1.27.3 is number 2 of X.Y.Z, the newest 1 of each stay",
                        "relatives: no index that stays lists it, nothing that stays is about it"),
                evict.evidence());
    }

    @Test
    void aPullKeepsUntilTheTimeIsOver() {
        repository.image(1, "1").pulled(1, daysAgo(10));

        assertEquals(
                new Verdict.Keep(
                        Guard.PULLED,
                        "pulled at 2026-11-14T12:00:00Z, less than 30 d ago",
                        Optional.of(daysAgo(10).plus(Duration.ofDays(30)))),
                repository.verdict(1));
    }

    @Test
    void theMostSpecificRuleSaysForHowLong() {
        repository.rules.add(rule("docker-hub/**", 60, 60, 60, 0));
        repository.rules.add(rule("docker-hub/library/**", 20, 60, 60, 0));
        repository.rules.add(rule("docker-hub/library/*", 50, 60, 60, 0));
        repository.image(1, "1").pulled(1, daysAgo(40));

        assertEquals(Guard.PULLED, repository.guard(1));
        assertEquals("docker-hub/library/*", repository.plan().rule().match());
    }

    @Test
    void whatIsInTheArchiveTakesNoPlaceAmongTheNewest() {
        repository.rule = rule(EvictionRule.ALL, 30, 7, 14, 1);
        repository.image(1, "1.27.3").image(2, "1.27.4");
        Manifest newest = repository.manifests.removeLast();
        repository.add(new Manifest(
                newest.repository(),
                newest.digest(),
                newest.tags(),
                newest.mediaType(),
                newest.sizeBytes(),
                newest.pushedAt(),
                newest.recordedPullAt(),
                newest.subject(),
                newest.children(),
                true));

        assertEquals(Guard.NEWEST_OF_FAMILY, repository.guard(1));
        assertEquals(Guard.UNKNOWN, repository.guard(2));
    }

    @Test
    void whatItsTagsLeftGoesAfterItsOwnTime() {
        repository.image(1).superseded(1, daysAgo(8)).pulled(1, daysAgo(8));
        repository.image(2).superseded(2, daysAgo(6));
        repository.image(3).superseded(3, daysAgo(8)).pulled(3, daysAgo(6));
        repository.image(4, "back").superseded(4, daysAgo(8)).pulled(4, daysAgo(8));

        assertEquals(Reason.SUPERSEDED, repository.reason(1));
        assertEquals(Guard.SUPERSEDED_LATELY, repository.guard(2));
        assertEquals(Guard.PULLED, repository.guard(3));
        assertEquals(Guard.PULLED, repository.guard(4));
    }

    @Test
    void whatAnImportLeftBehindIsOnlyWhatNobodyEverPulled() {
        repository.rule = rule(EvictionRule.ALL, 120, 120, 14, 0);
        repository.image(1);
        repository.image(2).pulled(2, daysAgo(80));
        repository.index(3, Set.of(4)).image(4);
        repository.index(5, Set.of(6)).image(6).pulled(6, daysAgo(80));
        repository.referrer(7, 99);

        assertEquals(Reason.FAILED_IMPORT, repository.reason(1));
        assertEquals(Guard.PULLED, repository.guard(2));
        assertEquals(Reason.FAILED_IMPORT, repository.reason(3));
        assertEquals(Reason.FAILED_IMPORT, repository.reason(4));
        assertEquals(Guard.PUSHED, repository.guard(5));
        assertEquals(Guard.PULLED, repository.guard(6));
        assertEquals(Guard.PUSHED, repository.guard(7));
    }

    @Test
    void aSourceThatCannotBeReadKeepsEverything() {
        repository.image(1, "1");
        repository.inUse.add(InUse.unreadable("EKS", "access denied"));

        assertEquals(
                new Verdict.Keep(Guard.IN_USE_UNREADABLE, "EKS could not be read: access denied", Optional.empty()),
                repository.verdict(1));
    }

    @Test
    void clocksThatAreAheadKeep() {
        repository.image(1, "1").pulled(1, NOW.plus(Duration.ofHours(5)));
        assertEquals(Guard.PULLED, repository.guard(1));

        repository.uses.clear();
        repository.completeSince = Optional.of(NOW.plusSeconds(1));
        assertEquals(Guard.RECORD_TOO_YOUNG, repository.guard(1));
    }

    @Test
    void aThousandTagsOnOneImageAreOneImage() {
        repository.image(1, IntStream.range(0, 1000).mapToObj(i -> "1.0." + i).toArray(String[]::new));
        assertEquals(Reason.NOT_PULLED, repository.reason(1));

        repository.rule = rule(EvictionRule.ALL, 30, 30, 30, 1);
        assertEquals(Guard.NEWEST_OF_FAMILY, repository.guard(1));
    }

    @Test
    void whatIsInTheArchiveStays() {
        Manifest manifest = repository.image(1, "1").manifests.removeFirst();
        repository.add(new Manifest(
                manifest.repository(),
                manifest.digest(),
                manifest.tags(),
                manifest.mediaType(),
                manifest.sizeBytes(),
                manifest.pushedAt(),
                manifest.recordedPullAt(),
                manifest.subject(),
                manifest.children(),
                true));

        assertEquals(Guard.UNKNOWN, repository.guard(1));
    }

    @Test
    void aQuotaLetsGoWhatItsShorterTimeAllows() {
        repository
                .image(1, "1")
                .pulled(1, daysAgo(5))
                .image(2, "2")
                .pulled(2, daysAgo(1))
                .image(3, "3");
        RepositoryPlan plan = repository.plan().underQuota(new Quota("docker-hub/**", 1, Duration.ofDays(2)));

        Verdict.Evict evict =
                assertInstanceOf(Verdict.Evict.class, plan.verdicts().get(digest(1)));
        assertEquals(Reason.QUOTA, evict.reason());
        assertEquals("rule docker-hub/**: quota for 2 d", evict.evidence().getFirst());
        assertInstanceOf(Verdict.Keep.class, plan.verdicts().get(digest(2)));
        assertEquals(
                Reason.NOT_PULLED,
                assertInstanceOf(Verdict.Evict.class, plan.verdicts().get(digest(3)))
                        .reason());
    }

    @Test
    void aPullInBetweenIsSeenRightBeforeTheDelete() {
        repository.image(1, "1").image(2, "2");
        RepositoryPlan plan = repository.plan();
        assertEquals(Map.of(), plan.keptNow(repository.state(), NOW));

        repository.pulled(1, NOW.plusSeconds(60));
        Map<?, Verdict.Keep> kept = plan.keptNow(repository.state(), NOW.plusSeconds(61));

        assertEquals(Set.of(digest(1)), kept.keySet());
        repository.image(3);
        assertThrows(IllegalArgumentException.class, () -> plan.keptNow(repository.state(), NOW));
    }

    @Test
    void aManifestOfAnotherRepositoryIsRefused() {
        repository.image(1);
        assertThrows(
                IllegalArgumentException.class,
                () -> new RepositoryState(
                        new RepositoryName("quay/other"),
                        repository.manifests,
                        Map.of(),
                        Optional.empty(),
                        List.of(),
                        Map.of(),
                        Optional.empty()));
    }
}
