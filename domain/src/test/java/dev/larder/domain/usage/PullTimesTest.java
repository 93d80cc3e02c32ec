package dev.larder.domain.usage;

import static dev.larder.domain.usage.Facts.NODE;
import static dev.larder.domain.usage.Facts.NOON;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.larder.events.image.Tag;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tags that move, hours that end, and ECR's trips upstream. */
class PullTimesTest {
    private static final Caller OTHER = Caller.of("arn:aws:iam::111122223333:user/mary");

    private final Facts facts =
            new Facts().tagged(-86400, "1.27", "old").index("old", "amd64").index("new", "amd64");

    @Test
    void aDigestThatTheTagHasLeftIsNoPullOfTheTag() {
        facts.tagged(-60, "1.27", "new").registry(NODE, 0, "@old", "@old/amd64");
        assertEquals(List.of("@old amd64 hit"), facts.counted());
    }

    @Test
    void aPullThatBeganBeforeTheTagMovedStaysOne() {
        facts.tagged(1, "1.27", "new").registry(NODE, 0, "1.27").registry(NODE, 2, "@old", "@old/amd64");
        assertEquals(List.of("1.27 amd64 hit"), facts.counted());
        assertEquals("old", content());
    }

    @Test
    void aCheckThatBringsSomethingNewIsColdAndPullsTheNew() {
        facts.tagged(1, "1.27", "new").trip(1, "1.27");
        facts.registry(NODE, 0, "1.27").registry(NODE, 2, "@new", "@new/amd64");
        assertEquals(List.of("1.27 amd64 cold"), facts.counted());
        assertEquals("new", content());
    }

    @Test
    void theClientMayGoOnBeforeEcrTellsWhatItBrought() {
        facts.tagged(30, "1.27", "new").trip(30, "1.27");
        facts.registry(NODE, 0, "1.27").registry(NODE, 1, "@new", "@new/amd64");
        assertEquals(List.of("1.27 amd64 cold"), facts.counted());
        assertEquals("new", content());
    }

    @Test
    void aColdPullWithoutPartsGotWhatEcrBrought() {
        facts.tagged(3, "1.27", "new").trip(3, "1.27").registry(NODE, 0, "1.27");
        assertEquals(List.of("1.27 cold"), facts.counted());
        assertEquals("new", content());
    }

    @Test
    void whoAsksInVainAndTriesAgainAtOnceFailedOnceAndPulledOnce() {
        facts.registry(NODE, 0, "1.28").tripFails(0, "1.28", "UpstreamUnavailable");
        facts.tagged(4, "1.28", "new").trip(4, "1.28");
        facts.registry(NODE, 4, "1.28").registry(NODE, 4, "@new/amd64");
        assertEquals(List.of("1.28 failed: UpstreamUnavailable", "1.28 amd64 cold"), facts.counted());
    }

    @Test
    void theFirstImportIsColdForTheOneWhoMadeIt() {
        facts.tagged(2, "1.28", "new").trip(2, "1.28");
        facts.registry(NODE, 0, "1.28").registry(NODE, 2, "@new", "@new/amd64");
        facts.registry(OTHER, 8, "1.28", "@new", "@new/amd64");
        assertEquals(List.of("1.28 amd64 cold", "1.28 amd64 hit"), facts.counted());
    }

    @Test
    void theCallMayBeOverAfterEcrToldOfTheTrip() {
        facts.tagged(2, "1.28", "new").trip(2, "1.28").registry(NODE, 5, "1.28", "@new", "@new/amd64");
        assertEquals(List.of("1.28 amd64 cold"), facts.counted());
    }

    @Test
    void aTripThatFailsServesWhatIsCached() {
        facts.tripFails(1, "1.27", "UpstreamUnavailable").registry(NODE, 0, "1.27", "@old", "@old/amd64");
        assertEquals(List.of("1.27 amd64 stale"), facts.counted());
    }

    @Test
    void aTripThatFailsForWhatIsNotCachedIsAFailedPull() {
        facts.tripFails(1, "nope", "ManifestNotFound").registry(NODE, 0, "nope");
        assertEquals(List.of("nope failed: ManifestNotFound"), facts.counted());
    }

    @Test
    void aClientThatWentOnWasServedWhateverIsKnown() {
        Facts unknown = new Facts().tagged(400, "1.27", "old").index("old", "amd64");
        unknown.tripFails(1, "1.27", "UpstreamUnavailable").registry(NODE, 0, "1.27", "@old/amd64");
        assertEquals(List.of("1.27 amd64 stale"), unknown.counted());
    }

    @Test
    void aTripOfACallThatFailedIsNobodyElses() {
        facts.registry(OTHER, 0, "1.27").fails(NODE, 60, "1.27", "UnableToGetUpstreamImageException");
        facts.tripFails(61, "1.27", "UpstreamUnavailable");
        assertEquals(List.of("1.27 hit", "1.27 failed: UnableToGetUpstreamImageException"), facts.counted());
    }

    @Test
    void eachTripIsOnePulls() {
        facts.registry(NODE, 0, "1.27")
                .registry(OTHER, 1, "1.27")
                .trip(2, "1.27")
                .trip(3, "1.27");
        assertEquals(List.of("1.27 cold", "1.27 cold"), facts.counted());
    }

    @Test
    void aTripWithNoPullNearItIsNobodys() {
        facts.registry(NODE, 0, "1.27").trip(601, "1.27").trip(-20, "1.27").registry(NODE, 700, "1.27");
        assertEquals(List.of("1.27 hit", "1.27 hit"), facts.counted());
    }

    @Test
    void aPullBelongsToTheHourInWhichItBegan() {
        facts.registry(NODE, -1, "1.27").registry(NODE, 0, "@old").registry(NODE, 1, "@old/amd64");
        facts.trip(300, "1.27");
        assertEquals(List.of(), facts.counted());
        assertEquals(List.of("1.27 amd64 cold"), facts.counted(LogHour.of(NOON).previous()));
    }

    @Test
    void aPullBelongsToTheDayInWhichItBegan() {
        long midnight = 12 * 3600;
        facts.registry(NODE, midnight - 1, "1.27").registry(NODE, midnight, "@old", "@old/amd64");
        facts.registry(NODE, midnight, "1.27", "@old", "@old/amd64");
        LogHour first = LogHour.of(Instant.parse("2026-11-25T00:00:00Z"));
        assertEquals(List.of("1.27 amd64 hit"), facts.counted(first));
        assertEquals(List.of("1.27 amd64 hit"), facts.counted(first.previous()));
    }

    @Test
    void twoMovesAtOneMomentAreTakenAlikeInAnyOrder() {
        Facts other = new Facts().tagged(0, "x", "b").tagged(0, "x", "a").registry(NODE, 1, "x");
        facts.tagged(0, "x", "a").tagged(0, "x", "b");
        assertEquals(other.tagging().at(new Tag("x"), NOON), facts.tagging().at(new Tag("x"), NOON));
    }

    /** What the only pull brought. */
    private String content() {
        Tagging tagging = facts.tagging();
        return facts.name(new PullCounting(repository -> tagging)
                .count(LogHour.of(NOON), facts.all())
                .getFirst()
                .content());
    }
}
