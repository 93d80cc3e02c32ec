package dev.larder.domain.lifecycle;

import static dev.larder.domain.lifecycle.Repositories.NOW;
import static dev.larder.domain.lifecycle.Repositories.daysAgo;
import static dev.larder.domain.lifecycle.Repositories.digest;
import static dev.larder.domain.lifecycle.Repositories.rule;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
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

        assertEquals(Guard.PULLED, guard(1));
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

        assertEquals(Guard.NEWEST_OF_FAMILY, guard(1));
        assertEquals(Guard.UNKNOWN, guard(2));
    }

    @Test
    void whatItsTagsLeftGoesAfterItsOwnTime() {
        repository.image(1).superseded(1, daysAgo(8)).pulled(1, daysAgo(8));
        repository.image(2).superseded(2, daysAgo(6));
        repository.image(3).superseded(3, daysAgo(8)).pulled(3, daysAgo(6));
        repository.image(4, "back").superseded(4, daysAgo(8)).pulled(4, daysAgo(8));

        assertEquals(Reason.SUPERSEDED, reason(1));
        assertEquals(Guard.SUPERSEDED_LATELY, guard(2));
        assertEquals(Guard.PULLED, guard(3));
        assertEquals(Guard.PULLED, guard(4));
    }

    @Test
    void whatAnImportLeftBehindIsOnlyWhatNobodyEverPulled() {
        repository.rule = rule(EvictionRule.ALL, 120, 120, 14, 0);
        repository.image(1);
        repository.image(2).pulled(2, daysAgo(80));
        repository.index(3, Set.of(4)).image(4);
        repository.index(5, Set.of(6)).image(6).pulled(6, daysAgo(80));
        repository.referrer(7, 99);

        assertEquals(Reason.FAILED_IMPORT, reason(1));
        assertEquals(Guard.PULLED, guard(2));
        assertEquals(Reason.FAILED_IMPORT, reason(3));
        assertEquals(Reason.FAILED_IMPORT, reason(4));
        assertEquals(Guard.PUSHED, guard(5));
        assertEquals(Guard.PULLED, guard(6));
        assertEquals(Guard.PUSHED, guard(7));
    }

    @Test
    void aChildGoesByTheTimeOfItsStrictestIndex() {
        repository.index(1, Set.of(3)).superseded(1, daysAgo(20));
        repository.index(2, Set.of(3), "2");
        repository.image(3).pulled(3, daysAgo(10));

        assertEquals(Guard.PULLED, guard(3));
        assertEquals(Guard.CHILD_IN_USE, guard(1));
        assertEquals(Guard.CHILD_IN_USE, guard(2));
    }

    @Test
    void whatRunsIsKeptWithAllThatItNeeds() {
        repository.index(1, Set.of(2, 3), "1").image(2).image(3).referrer(4, 1).image(5, "5");
        repository.runs(Repositories.NAME + "@" + digest(2)).runs(Repositories.NAME + ":5");

        assertEquals(
                "docker-hub/library/nginx:5 is used by a pod, says the list of prod",
                assertInstanceOf(Verdict.Keep.class, repository.verdict(5)).detail());
        assertEquals(Guard.IN_USE, guard(2));
        assertEquals(Guard.CHILD_IN_USE, guard(1));
        assertEquals(Guard.LISTED, guard(3));
        assertEquals(Guard.SUBJECT_STAYS, guard(4));
    }

    @Test
    void whatRunsKeepsTheIndexOfItsIndex() {
        repository.index(1, Set.of(2), "1").index(2, Set.of(3)).image(3).runs(Repositories.NAME + "@" + digest(3));

        assertEquals(Guard.CHILD_IN_USE, guard(2));
        assertEquals(Guard.CHILD_IN_USE, guard(1));
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
        assertEquals(Guard.PULLED, guard(1));

        repository.uses.clear();
        repository.completeSince = Optional.of(NOW.plusSeconds(1));
        assertEquals(Guard.RECORD_TOO_YOUNG, guard(1));
    }

    @Test
    void aThousandTagsOnOneImageAreOneImage() {
        repository.image(1, IntStream.range(0, 1000).mapToObj(i -> "1.0." + i).toArray(String[]::new));
        assertEquals(Reason.NOT_PULLED, reason(1));

        repository.rule = rule(EvictionRule.ALL, 30, 30, 30, 1);
        assertEquals(Guard.NEWEST_OF_FAMILY, guard(1));
    }

    @Test
    void whatRefersToEachOtherInACircleStays() {
        repository
                .index(1, Set.of(2), "1")
                .index(2, Set.of(3))
                .index(3, Set.of(2, 4))
                .image(4);
        repository.index(5, Set.of(5), "5");

        assertEquals(Reason.NOT_PULLED, reason(1));
        assertEquals(Guard.CIRCLE, guard(2));
        assertEquals(Guard.CIRCLE, guard(3));
        assertEquals(Guard.LISTED, guard(4));
        assertEquals(Guard.CIRCLE, guard(5));
    }

    @Test
    void whatAnUnreadIndexMayListStays() {
        repository.add(unread(1)).image(2).image(3, "3").image(4, "larder-keep-000000000000");

        assertEquals(Guard.UNKNOWN, guard(1));
        assertEquals(Guard.MAYBE_LISTED, guard(2));
        assertEquals(Reason.NOT_PULLED, reason(3));
        assertEquals(Guard.MAYBE_LISTED, guard(4));
    }

    /** Pages of a repository that changes while it is read may overlap. */
    @Test
    void whatIsListedTwiceAndNotAlikeIsInDoubt() {
        repository.image(1, "1").image(2).image(1, "prod").image(2);

        assertEquals(Guard.UNKNOWN, guard(1));
        assertEquals(
                List.of(new Tag("1"), new Tag("prod")),
                repository.plan().manifest(digest(1)).tags());
        assertEquals(Guard.MAYBE_LISTED, guard(2));
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

        assertEquals(Guard.UNKNOWN, guard(1));
    }

    @Test
    void childrenThatAreNotThereAndSubjectsThatAreGoneKeepNothing() {
        repository.index(1, Set.of(77, 2), "1").image(2).referrer(3, 99);

        assertEquals(3, repository.plan().candidates().size());
    }

    @Test
    void anObjectionKeepsWithRelatives() {
        repository.index(1, Set.of(2, 3), "1").image(2).image(3);
        RepositoryPlan plan = repository
                .plan()
                .objected(Map.of(digest(2), new Objection(Guard.GONE_UPSTREAM, "the upstream has it no longer")));

        assertEquals(
                new Verdict.Keep(Guard.GONE_UPSTREAM, "the upstream has it no longer", Optional.empty()),
                plan.verdicts().get(digest(2)));
        assertEquals(List.of(), plan.candidates());
        assertEquals(
                List.of(),
                plan.underQuota(new Quota("**", 1, Duration.ofDays(1))).candidates());
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

    private Manifest unread(int number) {
        return new Manifest(
                Repositories.NAME,
                digest(number),
                List.of(new Tag("unread")),
                Optional.of(Repositories.INDEX),
                OptionalLong.of(1),
                Optional.of(Repositories.LONG_AGO),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private Guard guard(int number) {
        Verdict verdict = repository.verdict(number);
        assertTrue(verdict instanceof Verdict.Keep, verdict.toString());
        return ((Verdict.Keep) verdict).guard();
    }

    private Reason reason(int number) {
        return assertInstanceOf(Verdict.Evict.class, repository.verdict(number)).reason();
    }
}
