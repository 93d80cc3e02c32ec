package dev.larder.functions.objections;

import static dev.larder.functions.objections.Candidates.REPOSITORY;
import static dev.larder.functions.objections.Candidates.digest;
import static dev.larder.functions.objections.Candidates.image;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.config.Budget;
import dev.larder.domain.lifecycle.Guard;
import dev.larder.domain.lifecycle.Objection;
import dev.larder.domain.upstream.Circuit;
import dev.larder.domain.upstream.Failure;
import dev.larder.domain.upstream.FailureKind;
import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.table.LocalTable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Upstreams that refuse or fail, budgets that are spent, tables that do not answer. */
class HeldAtUpstreamFailuresTest extends HeldAtUpstreamFixture {
    @Test
    void anAnswerSaysNothingOfAFailureSinceItWasAskedFor() {
        Failure limit = Failure.classify("UpstreamTooManyRequests", "429");
        health.failed("mirror", limit, NOW);
        clock.advance(Circuit.FIRST);
        published.put("1.27", digest('a'));
        upstreams.beforeArrival = () -> {
            clock.advance(Duration.ofSeconds(1));
            health.failed("mirror", limit, clock.instant());
            clock.advance(Duration.ofSeconds(1));
        };
        assertEquals(Map.of(), ask(image('a', "1.27")));
        assertEquals(Circuit.Phase.OPEN, health.phase("mirror", clock.instant()));
    }

    @Test
    void anUpstreamThatRefusesTellsNothingAndIsAskedAgain() {
        upstreams.refusal = Optional.of(new Failure(FailureKind.DENIED, "Http403", "could not check: it answered 403"));
        assertEquals(
                Map.of(digest('a'), new Objection(Guard.UPSTREAM_UNCHECKED, "could not check: it answered 403")),
                ask(image('a', "1")));
        ask(image('a', "1"));
        assertEquals(List.of("1", "1"), upstreams.looks);
    }

    @Test
    void anUpstreamThatFailsIsNotAskedForTheRest() {
        upstreams.refusal = Optional.of(new Failure(FailureKind.UPSTREAM_LIMIT, "Http429", "could not check: 429"));
        Map<Digest, Objection> objections = ask(image('a'), image('b'), image('c'), image('d'), image('e'), image('f'));
        assertEquals(6, objections.size());
        assertTrue(
                objections.values().stream().allMatch(objection -> objection.guard() == Guard.UPSTREAM_UNCHECKED),
                objections.toString());
        assertTrue(upstreams.looks.size() < 6, () -> "" + upstreams.looks);
        assertTrue(
                objections
                        .get(digest('f'))
                        .detail()
                        .startsWith("mirror's upstream failed lately; it is asked again after"),
                objections.toString());
    }

    @Test
    void whatTheBudgetDoesNotHoldIsNotAsked() {
        upstreams.held.addAll(List.of(digest('a'), digest('b'), digest('c')));
        Budget small = new Budget(2, Duration.ofHours(6), 0, Budget.Counts.REQUESTS);
        Map<Digest, Objection> objections = signal(Optional.of(small))
                .of(REPOSITORY, List.of(image('a'), image('b'), image('c')), UNUSED, false)
                .against();
        assertEquals(1, upstreams.looks.size());
        assertEquals(Set.of(digest('b'), digest('c')), objections.keySet());
        assertEquals(
                new Objection(
                        Guard.UPSTREAM_UNCHECKED,
                        "the budget of mirror does not pay for asking whether its upstream still has it"),
                objections.get(digest('c')));
    }

    @Test
    void aTableThatDoesNotAnswerKeepsEverything() {
        upstreams.held.add(digest('a'));
        local.client().deleteTable(delete -> delete.tableName(LocalTable.NAME));
        assertEquals(Guard.UPSTREAM_UNCHECKED, guard(ask(image('a')), 'a'));
    }

    @Test
    void aRepositoryOfNoUpstreamIsLeftAlone() {
        RepositoryName own = new RepositoryName("team/app");
        assertEquals(
                Guard.UPSTREAM_UNCHECKED,
                guard(
                        signal(Optional.empty())
                                .of(own, List.of(image('a')), UNUSED, false)
                                .against(),
                        'a'));
    }
}
