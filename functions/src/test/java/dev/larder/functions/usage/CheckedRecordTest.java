package dev.larder.functions.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.larder.functions.usage.RecordState.Reconciled;
import dev.larder.functions.usage.RecordState.Trail;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;

class CheckedRecordTest {
    private static final Instant BEGUN = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final Instant LONG_AGO = NOW.minus(Duration.ofHours(13));
    private static final String EVERY_SIX_HOURS = "; UsageKeeper does that every 6 hours, and logs why it cannot";

    private final UsageFixture fixture = new UsageFixture();
    private final CheckedRecord record = new CheckedRecord(fixture.state, () -> NOW);

    @BeforeEach
    void heard() {
        fixture.state.begin(BEGUN);
        Instant lately = LONG_AGO.plusSeconds(1);
        seen("logging", lately);
        fixture.state.waiting(0, lately);
        compared(lately);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private void seen(String kind, Instant at) {
        fixture.state.trail(new Trail(kind, "said", at));
    }

    private void compared(Instant at) {
        fixture.state.reconciled(new Reconciled(at, 1, List.of(), List.of()));
    }

    private void assertDoubt(String why) {
        assertEquals(Optional.of(why), record.doubt("docker-hub"));
        assertEquals(Optional.empty(), record.completeSince("docker-hub"));
    }

    @Test
    void whileAllWitnessesWereHeardLatelyTheRecordHoldsWhatItSays() {
        assertEquals(Optional.of(BEGUN), record.completeSince("docker-hub"));
        assertEquals(Optional.empty(), record.doubt("docker-hub"));
    }

    @Test
    void aTrailThatCannotBeReadMayHaveStopped() {
        seen("unreadable", NOW);
        assertDoubt("whether CloudTrail logs pulls could not be read at 2026-11-24T12:00:00Z: said");
    }

    @Test
    void aTrailThatNobodyLookedAtForLongMayHaveStopped() {
        seen("logging", LONG_AGO);
        assertDoubt("whether CloudTrail logs pulls was last seen at 2026-11-23T23:00:00Z, more than 13 hours ago"
                + EVERY_SIX_HOURS);
    }

    @Test
    void deadLettersThatNobodyCountedForLongMayBeMany() {
        fixture.state.waiting(0, LONG_AGO);
        assertDoubt("the dead letters of pulls were last counted at 2026-11-23T23:00:00Z, more than 13 hours ago"
                + EVERY_SIX_HOURS);
    }

    @Test
    void aRecordThatNobodyComparedForLongMayMissPulls() {
        compared(LONG_AGO);
        assertDoubt("the record was last compared with ECR at 2026-11-23T23:00:00Z, more than 13 hours ago"
                + EVERY_SIX_HOURS);
    }

    @Test
    void pullsThatWaitAreMissingHoweverLatelyTheyWereCounted() {
        fixture.state.waiting(3, NOW);
        assertDoubt("3 messages with pulls wait among the dead letters, and the record lacks them until the queue is"
                + " redriven");
    }

    @Test
    void whoDeletesCountsThoseThatWaitNow() {
        long[] waiting = {0};
        CheckedRecord live = new CheckedRecord(fixture.state, () -> waiting[0], () -> NOW);
        assertEquals(Optional.of(BEGUN), live.completeSince("docker-hub"));
        waiting[0] = 2;
        assertEquals(Optional.empty(), live.completeSince("docker-hub"));
        assertEquals(
                Optional.of(
                        "2 messages with pulls wait among the dead letters, and the record lacks them until the queue"
                                + " is redriven"),
                live.doubt("docker-hub"));
    }

    @Test
    void deadLettersThatCannotBeCountedNowMayBeMany() {
        CheckedRecord live = new CheckedRecord(
                fixture.state,
                () -> {
                    throw SdkClientException.create("no route");
                },
                () -> NOW);
        assertEquals(Optional.empty(), live.completeSince("docker-hub"));
        assertEquals(Optional.of("the dead letters of pulls could not be counted: no route"), live.doubt("docker-hub"));
    }

    @Test
    void anUpstreamWithoutAnyPullHasNoRecord() {
        assertEquals(Optional.of("no pull was recorded yet"), record.doubt("quay"));
    }

    @Test
    void beforeTheFirstCheckNobodyKnows() {
        try (UsageFixture fresh = new UsageFixture()) {
            fresh.state.begin(BEGUN);
            CheckedRecord unchecked = new CheckedRecord(fresh.state, () -> NOW);
            assertEquals(
                    Optional.of("whether CloudTrail logs pulls was not seen yet" + EVERY_SIX_HOURS),
                    unchecked.doubt("docker-hub"));
        }
    }
}
