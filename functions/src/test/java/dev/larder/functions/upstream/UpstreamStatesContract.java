package dev.larder.functions.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.domain.upstream.Circuit;
import dev.larder.domain.upstream.Failure;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link UpstreamStates} does, and {@link UpstreamHealth} on top of it. */
abstract class UpstreamStatesContract {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final Failure LIMIT = Failure.classify("UpstreamTooManyRequests", "slow down");
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
    void fiveFailuresOpenTheCircuitAndASuccessAfterwardsClosesIt() {
        UpstreamHealth health = new UpstreamHealth(states());
        for (int i = 0; i < 5; i++) {
            assertEquals(Circuit.Phase.CLOSED, health.phase("quay", NOON));
            health.failed("quay", OUTAGE, NOON.plusSeconds(i));
        }
        assertEquals(Circuit.Phase.OPEN, health.phase("quay", NOON.plusSeconds(5)));
        health.succeeded("quay", NOON);
        assertEquals(Circuit.Phase.OPEN, health.phase("quay", NOON.plusSeconds(5)));
        health.succeeded("quay", NOON.plusSeconds(6));
        assertEquals(Circuit.CLOSED, states().of("quay").circuit());
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
        UpstreamState.Tokens fifty = new UpstreamState.Tokens(50, NOON);
        UpstreamState.Tokens some = new UpstreamState.Tokens(41.66666666666667, NOON.plusSeconds(1));
        assertTrue(states().spent("quay", Optional.empty(), fifty));
        assertFalse(states().spent("quay", Optional.empty(), some));
        assertTrue(states().spent("quay", Optional.of(fifty), some));
        assertFalse(states().spent("quay", Optional.of(fifty), some));
        assertEquals(Optional.of(some), states().of("quay").tokens());
        assertTrue(states().spent("quay", states().of("quay").tokens(), fifty));
    }

    @Test
    void budgetAndCircuitDoNotDisturbEachOther() {
        UpstreamState.Tokens fifty = new UpstreamState.Tokens(50, NOON);
        states().spent("quay", Optional.empty(), fifty);
        new UpstreamHealth(states()).failed("quay", LIMIT, NOON);
        assertEquals(Optional.of(fifty), states().of("quay").tokens());
        assertEquals(UpstreamState.NEW, states().of("docker-hub"));
    }
}
