package dev.larder.functions.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.config.Budget;
import dev.larder.config.Registry;
import dev.larder.config.Upstream;
import dev.larder.domain.upstream.Circuit;
import dev.larder.domain.upstream.Failure;
import dev.larder.domain.upstream.LimitReport;
import dev.larder.domain.upstream.ReportedLimit;
import dev.larder.domain.upstream.Saving;
import dev.larder.functions.upstream.UpstreamState.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link UpstreamStates} does, and {@link UpstreamHealth} on top of it. */
abstract class UpstreamStatesContract {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final Failure LIMIT = Failure.classify("UpstreamTooManyRequests", "slow down");
    private static final ReportedLimit HALF_LEFT = new ReportedLimit(200, 100, Duration.ofHours(6));
    private static final Failure OUTAGE = Failure.classify("UpstreamUnavailable", "503");

    abstract UpstreamStates states();

    @Test
    void anUpstreamThatNothingHappenedToIsWell() {
        assertEquals(UpstreamState.NEW, states().of("quay"));
    }

    @Test
    void aFailureIsKeptWithItsCodeAndOpensTheCircuitWhenItMust() {
        new UpstreamHealth(states()).failed("quay", LIMIT, NOON);
        UpstreamState state = states().of("quay");
        assertEquals(Circuit.Phase.OPEN, state.circuit().phase(NOON));
        assertEquals(Optional.of("UpstreamTooManyRequests"), state.lastFailureCode());
        assertEquals(Optional.of("slow down"), state.lastFailureReason());
        assertEquals(Optional.of(NOON), state.lastFailureAt());
    }

    @Test
    void aSecondDeliveryOfTheSameFailureDoesNothing() {
        UpstreamHealth health = new UpstreamHealth(states());
        health.failed("quay", OUTAGE, NOON);
        UpstreamState once = states().of("quay");
        health.failed("quay", OUTAGE, NOON);
        health.failed("quay", OUTAGE, NOON.minusSeconds(5));
        assertEquals(once, states().of("quay"));
    }

    @Test
    void failuresOfFiveImagesOpenTheCircuitAndASuccessAfterwardsClosesIt() {
        UpstreamHealth health = new UpstreamHealth(states());
        for (int i = 0; i < 5; i++) {
            assertEquals(Circuit.Phase.CLOSED, health.phase("quay", NOON));
            health.failed("quay", "quay/team/app:" + i, OUTAGE, NOON.plusSeconds(i));
        }
        assertEquals(Circuit.Phase.OPEN, health.phase("quay", NOON.plusSeconds(5)));
        health.succeeded("quay", NOON);
        assertEquals(Circuit.Phase.OPEN, health.phase("quay", NOON.plusSeconds(5)));
        health.succeeded("quay", NOON.plusSeconds(6));
        assertEquals(Circuit.CLOSED, states().of("quay").circuit());
    }

    @Test
    void anImageThatFailsByItselfIsKnownAndKeepsNoOtherWaiting() {
        UpstreamHealth health = new UpstreamHealth(states());
        for (int i = 0; i < 9; i++) {
            health.failed("quay", "quay/team/app:1", OUTAGE, NOON.plusSeconds(i));
        }
        assertEquals(List.of("quay/team/app:1"), health.circuit("quay").suspects());
        assertEquals(Circuit.Phase.CLOSED, health.phase("quay", NOON.plusSeconds(9)));
        assertEquals(Optional.of(NOON.plusSeconds(8)), states().of("quay").lastFailureAt());
        health.failed("quay", "quay/team/app:2", OUTAGE, NOON.plusSeconds(9));
        assertEquals(
                List.of("quay/team/app:1", "quay/team/app:2"),
                health.circuit("quay").suspects());
        health.succeeded("quay", NOON.plusSeconds(10));
        assertEquals(Circuit.CLOSED, health.circuit("quay"));
    }

    @Test
    void whatIsNoNewsDoesNotKeepAHalfOpenCircuitFromClosing() {
        UpstreamHealth health = new UpstreamHealth(states());
        health.failed("quay", "quay/team/app:1", OUTAGE, NOON);
        health.failed("quay", LIMIT, NOON.plusSeconds(1));
        Instant asked = NOON.plusSeconds(1).plus(Circuit.FIRST);
        UpstreamState before = states().of("quay");
        health.failed("quay", "quay/team/app:1", OUTAGE, asked.plusSeconds(1));
        assertEquals(before, states().of("quay"));
        health.succeeded("quay", asked);
        assertEquals(Circuit.CLOSED, health.circuit("quay"));
    }

    @Test
    void whatIsNotTheUpstreamsFaultIsNotCounted() {
        new UpstreamHealth(states()).failed("quay", Failure.classify("ImageNotFound", "no"), NOON);
        assertEquals(UpstreamState.NEW, states().of("quay"));
    }

    @Test
    void aWriteOnTopOfAChangeThatItDidNotSeeDoesNothing() {
        UpstreamState before = states().of("quay");
        assertTrue(states().failed("quay", before, before.circuit().failed(OUTAGE.kind(), NOON), OUTAGE, NOON));
        UpstreamState after = states().of("quay");
        assertFalse(states().failed("quay", before, Circuit.CLOSED, OUTAGE, NOON.plusSeconds(1)));
        assertFalse(states().succeeded("quay", before, Circuit.CLOSED));
        assertEquals(after, states().of("quay"));
    }

    @Test
    void theSameTokensAreSpentOnce() {
        UpstreamState fresh = states().of("quay");
        Tokens fifty = new Tokens(50, NOON);
        Tokens some = new Tokens(41.66666666666667, NOON.plusSeconds(1));
        assertTrue(states().spent("quay", fresh, fifty, Optional.empty()));
        assertFalse(states().spent("quay", fresh, some, Optional.empty()));
        UpstreamState once = states().of("quay");
        assertTrue(states().spent("quay", once, some, Optional.empty()));
        assertFalse(states().spent("quay", once, some, Optional.empty()));
        assertEquals(Optional.of(some), states().of("quay").tokens());
        assertTrue(states().spent("quay", states().of("quay"), fifty, Optional.empty()));
    }

    @Test
    void budgetAndCircuitDoNotDisturbEachOther() {
        Tokens fifty = new Tokens(50, NOON);
        states().spent("quay", UpstreamState.NEW, fifty, Optional.empty());
        states().reported("quay", HALF_LEFT, NOON);
        new UpstreamHealth(states()).failed("quay", LIMIT, NOON);
        new UpstreamHealth(states()).succeeded("quay", NOON.plusSeconds(1));
        assertEquals(Optional.of(fifty), states().of("quay").tokens());
        assertEquals(
                Optional.of(LimitReport.of(HALF_LEFT, NOON)),
                states().of("quay").report());
        assertEquals(UpstreamState.NEW, states().of("docker-hub"));
    }

    @Test
    void theNewestReportWinsWhateverOrderTheyComeIn() {
        ReportedLimit less = new ReportedLimit(200, 1, Duration.ofHours(6));
        assertTrue(states().reported("quay", less, NOON));
        assertFalse(states().reported("quay", HALF_LEFT, NOON.minusSeconds(1)));
        assertFalse(states().reported("quay", less, NOON), "the same twice is once");
        assertEquals(
                Optional.of(LimitReport.of(less, NOON)), states().of("quay").report());
        assertTrue(states().reported("quay", HALF_LEFT, NOON.plusSeconds(1)));
        assertEquals(
                Optional.of(LimitReport.of(HALF_LEFT, NOON.plusSeconds(1))),
                states().of("quay").report());
    }

    @Test
    void aReportOfAWrongClockGivesWay() {
        states().reported("quay", HALF_LEFT, NOON.plus(Duration.ofDays(3650)));
        assertTrue(states().reported("quay", HALF_LEFT, NOON));
        assertEquals(
                Optional.of(LimitReport.of(HALF_LEFT, NOON)),
                states().of("quay").report());
    }

    @Test
    void whatIsSpentIsCountedFromTheLastReport() {
        states().reported("quay", HALF_LEFT, NOON);
        UpstreamState seen = states().of("quay");
        LimitReport spent = new LimitReport(HALF_LEFT, NOON, 7);
        assertTrue(states().spent("quay", seen, new Tokens(43, NOON), Optional.of(spent)));
        assertEquals(Optional.of(spent), states().of("quay").report());
        states().reported("quay", HALF_LEFT, NOON.plusSeconds(60));
        assertEquals(0, states().of("quay").report().orElseThrow().spent());
    }

    @Test
    void aReportThatCameBetweenReadingAndSpendingIsSeen() {
        UpstreamState before = states().of("quay");
        states().reported("quay", HALF_LEFT, NOON);
        assertFalse(states().spent("quay", before, new Tokens(50, NOON), Optional.empty()));
        UpstreamState first = states().of("quay");
        states().reported("quay", HALF_LEFT, NOON.plusSeconds(1));
        assertFalse(states().spent("quay", first, new Tokens(50, NOON), first.report()));
        assertEquals(Optional.empty(), states().of("quay").tokens());
    }

    @Test
    void payingTakesFromTheBudgetWhatTheUpstreamHasLeft() {
        Upstream hub = new Upstream(
                "docker-hub",
                Registry.DOCKER_HUB,
                "registry-1.docker.io",
                Optional.empty(),
                List.of(),
                Optional.of(new Budget(200, Duration.ofHours(6), 50, Budget.Counts.MANIFESTS)));
        UpstreamFunds funds = new UpstreamFunds(states());
        assertTrue(funds.pay(hub, 10, NOON));
        assertEquals(40, funds.of(hub, NOON).bucket().orElseThrow().tokens());
        states().reported("docker-hub", new ReportedLimit(200, 105, Duration.ofHours(6)), NOON);
        assertTrue(funds.pay(hub, 3, NOON));
        assertFalse(funds.pay(hub, 3, NOON), "2 are left of the 5 above the reserve of 100");
        assertTrue(funds.pay(hub, 2, NOON));
        assertTrue(funds.pay(hub, 0, NOON));
        assertEquals(0, funds.of(hub, NOON).bucket().orElseThrow().tokens());
        assertEquals(35, funds.of(hub, NOON).bucket().orElseThrow().level());
    }

    @Test
    void whileTheBudgetIsSavedNothingIsPaidThatCanWait() {
        Upstream gitlab = new Upstream(
                "gitlab",
                Registry.GITLAB,
                "registry.gitlab.com",
                Optional.empty(),
                List.of(),
                Optional.of(new Budget(200, Duration.ofHours(6), 50, Budget.Counts.REQUESTS)));
        UpstreamFunds funds = new UpstreamFunds(states());
        Saving saving = new Saving("gitlab/team/app:1", NOON.plus(Duration.ofHours(1)));
        states().saving("gitlab", saving);
        assertEquals(Optional.of(saving), states().of("gitlab").saving());
        assertFalse(funds.payForWhatCanWait(gitlab, 1, NOON));
        assertEquals("saved for gitlab/team/app:1", funds.shortage(gitlab, NOON));
        assertEquals("spent", funds.shortage(gitlab, saving.until()));
        assertTrue(funds.payForWhatCanWait(gitlab, 0, NOON), "what costs nothing disturbs nobody");
        assertTrue(funds.pay(gitlab, 1, NOON));
        states().reported("gitlab", new ReportedLimit(200, 200, Duration.ofHours(6)), NOON);
        new UpstreamHealth(states()).failed("gitlab", LIMIT, NOON);
        new UpstreamHealth(states()).succeeded("gitlab", NOON.plusSeconds(1));
        assertEquals(Optional.of(saving), states().of("gitlab").saving(), "the rest does not disturb it");
        states().saving("gitlab", saving.ended(NOON.plusSeconds(1)));
        assertTrue(funds.payForWhatCanWait(gitlab, 1, NOON.plusSeconds(1)));
        assertEquals(48, funds.of(gitlab, NOON).bucket().orElseThrow().level(), 0.01);
    }

    @Test
    void withoutALimitEverythingCanBePaid() {
        Upstream quay = new Upstream("quay", Registry.QUAY, "quay.io", Optional.empty(), List.of(), Optional.empty());
        UpstreamFunds funds = new UpstreamFunds(states());
        assertTrue(funds.pay(quay, 1_000_000, NOON));
        assertEquals(UpstreamState.NEW, states().of("quay"));
        states().reported("quay", HALF_LEFT, NOON);
        assertFalse(funds.pay(quay, 1, NOON), "100 of 200 are left, and half of 200 is for users");
    }
}
