package dev.larder.domain.lifecycle;

import static dev.larder.domain.lifecycle.Repositories.daysAgo;
import static dev.larder.domain.lifecycle.Repositories.digest;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.larder.events.image.Tag;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is decided about images that belong together: indexes, what they list, and what is about them. */
class RelativesPlanTest {
    private final Repositories repository = new Repositories();

    @Test
    void whatRunsIsKeptWithAllThatItNeeds() {
        repository.index(1, Set.of(2, 3), "1").image(2).image(3).referrer(4, 1).image(5, "5");
        repository.runs(Repositories.NAME + "@" + digest(2)).runs(Repositories.NAME + ":5");

        assertEquals(
                "docker-hub/library/nginx:5 is used by a pod, says the list of prod",
                assertInstanceOf(Verdict.Keep.class, repository.verdict(5)).detail());
        assertEquals(Guard.IN_USE, repository.guard(2));
        assertEquals(Guard.CHILD_IN_USE, repository.guard(1));
        assertEquals(Guard.LISTED, repository.guard(3));
        assertEquals(Guard.SUBJECT_STAYS, repository.guard(4));
    }

    @Test
    void whatRunsKeepsTheIndexOfItsIndex() {
        repository.index(1, Set.of(2), "1").index(2, Set.of(3)).image(3).runs(Repositories.NAME + "@" + digest(3));

        assertEquals(Guard.CHILD_IN_USE, repository.guard(2));
        assertEquals(Guard.CHILD_IN_USE, repository.guard(1));
    }

    @Test
    void whatRefersToEachOtherInACircleStays() {
        repository
                .index(1, Set.of(2), "1")
                .index(2, Set.of(3))
                .index(3, Set.of(2, 4))
                .image(4);
        repository.index(5, Set.of(5), "5");

        assertEquals(Reason.NOT_PULLED, repository.reason(1));
        assertEquals(Guard.CIRCLE, repository.guard(2));
        assertEquals(Guard.CIRCLE, repository.guard(3));
        assertEquals(Guard.LISTED, repository.guard(4));
        assertEquals(Guard.CIRCLE, repository.guard(5));
    }

    @Test
    void whatAnUnreadIndexMayListStays() {
        repository.add(unread(1)).image(2).image(3, "3").image(4, "larder-keep-000000000000");

        assertEquals(Guard.UNKNOWN, repository.guard(1));
        assertEquals(Guard.MAYBE_LISTED, repository.guard(2));
        assertEquals(Reason.NOT_PULLED, repository.reason(3));
        assertEquals(Guard.MAYBE_LISTED, repository.guard(4));
    }

    /** Pages of a repository that changes while it is read may overlap. */
    @Test
    void whatIsListedTwiceAndNotAlikeIsInDoubt() {
        repository.image(1, "1").image(2).image(1, "prod").image(2);

        assertEquals(Guard.UNKNOWN, repository.guard(1));
        assertEquals(
                List.of(new Tag("1"), new Tag("prod")),
                repository.plan().manifest(digest(1)).tags());
        assertEquals(Guard.MAYBE_LISTED, repository.guard(2));
    }

    @Test
    void childrenThatAreNotThereAndSubjectsThatAreGoneKeepNothing() {
        repository.index(1, Set.of(77, 2), "1").image(2).referrer(3, 99);

        assertEquals(3, repository.plan().candidates().size());
    }

    @Test
    void aChildGoesByTheTimeOfItsStrictestIndex() {
        repository.index(1, Set.of(3)).superseded(1, daysAgo(20));
        repository.index(2, Set.of(3), "2");
        repository.image(3).pulled(3, daysAgo(10));

        assertEquals(Guard.PULLED, repository.guard(3));
        assertEquals(Guard.CHILD_IN_USE, repository.guard(1));
        assertEquals(Guard.CHILD_IN_USE, repository.guard(2));
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
}
