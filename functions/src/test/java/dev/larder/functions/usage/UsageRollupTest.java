package dev.larder.functions.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.domain.popularity.ForwardDecay;
import dev.larder.domain.usage.EventHash;
import dev.larder.domain.usage.Fact.Sync;
import dev.larder.domain.usage.ImageDay;
import dev.larder.domain.usage.LogHour;
import dev.larder.domain.usage.UsageRow;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.functions.Messages;
import dev.larder.functions.usage.Figures.ImageFigures;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UsageRollupTest {
    private static final String NGINX = "docker-hub/library/nginx:1.27";
    private static final Tagged TAG = UsageFixture.tag(NGINX);
    private static final LocalDate DAY = LocalDate.parse("2026-11-24");
    private static final Instant PULLED = Instant.parse("2026-11-24T10:16:00Z");
    private static final Instant NEXT_NIGHT = Instant.parse("2026-11-25T03:00:00Z");
    private static final Digest ONE = new Digest("sha256:" + "a1".repeat(32));
    private static final Digest TWO = new Digest("sha256:" + "b2".repeat(32));

    private final UsageFixture fixture = new UsageFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    private void pull(String event, Instant time, Instant told) {
        fixture.now = told;
        var body = Messages.pull("docker-hub/library/nginx", "1.27", "eks-node", event, time);
        assertEquals(List.of(), Messages.failed(fixture.deliver(Messages.of(List.of(body)))));
    }

    @Test
    void aDayThatIsOverIsKeptAndSummedUpForItsImageAndForAllOfThem() {
        pull("one", PULLED, PULLED);
        pull("two", PULLED.plusSeconds(60), PULLED.plusSeconds(61));
        fixture.log.append(
                LogHour.of(PULLED),
                List.of(new Sync(TAG, EventHash.of("import"), PULLED.plusSeconds(3), Optional.empty())),
                PULLED.plusSeconds(4));
        fixture.rollUp(NEXT_NIGHT);
        ImageDay day = fixture.days.kept(TAG, DAY).orElseThrow().usage();
        assertEquals(2, day.pulls());
        assertEquals(1, day.cold());
        assertEquals(Optional.of(PULLED.plusSeconds(60)), day.lastPulledAt());
        ImageFigures figures = fixture.figures.of(TAG);
        assertEquals(2, figures.pulls());
        assertEquals(1, figures.coldPulls());
        assertEquals(Optional.of(DAY), figures.closedThrough());
        assertEquals(
                List.of(new UsageRow(TAG, "arn:aws:iam::111122223333:role/eks-node", Optional.empty(), 2, 1, 0, 0, 0)),
                fixture.summaries.read(DAY, DAY).get(DAY));
        assertEquals(Optional.of(DAY), fixture.days.closedThrough());
    }

    @Test
    void aSecondRunWritesNothing() {
        pull("one", PULLED, PULLED);
        assertTrue(fixture.rollUp(NEXT_NIGHT) > 0);
        assertEquals(0, fixture.rollUp(NEXT_NIGHT.plusSeconds(3600)));
    }

    @Test
    void aDayIsNotClosedWhileItsLastEventsMayBeOnTheirWay() {
        pull("one", PULLED, PULLED);
        fixture.rollUp(Instant.parse("2026-11-25T01:59:00Z"));
        assertEquals(Optional.empty(), fixture.days.kept(TAG, DAY));
        assertEquals(1, fixture.day(NGINX, DAY).pulls(), "and is read from the log until then");
        fixture.rollUp(Instant.parse("2026-11-25T02:00:00Z"));
        assertEquals(1, fixture.days.kept(TAG, DAY).orElseThrow().usage().pulls());
    }

    @Test
    void anEventThatComesWeeksLateIsCountedWithItsDay() {
        pull("one", PULLED, PULLED);
        fixture.rollUp(NEXT_NIGHT);
        Instant late = PULLED.plus(Duration.ofDays(25));
        pull("two", PULLED.plusSeconds(5), late);
        pull("one", PULLED, late.plusSeconds(1));
        assertEquals(2, fixture.day(NGINX, DAY).pulls(), "before the day is closed again");
        fixture.rollUp(late.plusSeconds(3600));
        assertEquals(2, fixture.days.kept(TAG, DAY).orElseThrow().usage().pulls());
        assertEquals(2, fixture.figures.of(TAG).pulls());
        assertEquals(List.of(), fixture.log.marks());
    }

    @Test
    void anEventThatComesAfterTheGraceIsCountedApartAndOnceAndNeverDropped() {
        pull("one", PULLED, PULLED);
        fixture.rollUp(NEXT_NIGHT);
        Instant late = PULLED.plus(Duration.ofDays(40));
        pull("one", PULLED, late);
        pull("two", PULLED.plusSeconds(7), late);
        pull("two", PULLED.plusSeconds(7), late.plusSeconds(86_400));
        fixture.rollUp(late.plus(Duration.ofDays(2)));
        ImageDay day = fixture.days.kept(TAG, DAY).orElseThrow().usage();
        assertEquals(1, day.pulls());
        assertEquals(2, day.late(), "nobody can tell the first one from a second delivery");
        assertEquals(3, fixture.figures.of(TAG).pulls());
    }

    /** The roll-up stood still for a while: what is left of the day's facts is not the day. */
    @Test
    void aDayWhoseFactsMayHaveExpiredIsNotCountedAgain() {
        pull("one", PULLED, PULLED);
        pull("another", PULLED.plusSeconds(1), PULLED.plusSeconds(2));
        fixture.rollUp(NEXT_NIGHT);
        fixture.local
                .table()
                .consistentPartition("usage-log#2026-11-24T10")
                .forEach(item -> fixture.local.table().delete(item.key()));
        pull("two", PULLED.plusSeconds(5), PULLED.plus(Duration.ofDays(29)));
        fixture.rollUp(PULLED.plus(Duration.ofDays(36)));
        assertEquals(2, fixture.days.kept(TAG, DAY).orElseThrow().usage().pulls());
        assertEquals(2, fixture.figures.of(TAG).pulls());
        assertEquals(2, fixture.day(NGINX, DAY).pulls());
        assertEquals(List.of(), fixture.log.marks());
    }

    @Test
    void anImageIsRankedByTodaysPullsWithinTheHour() {
        pull("one", PULLED, PULLED);
        assertEquals(List.of(), fixture.images.popular("docker-hub", 5));
        fixture.rollUp(PULLED.plusSeconds(1800));
        assertEquals(1, fixture.images.popular("docker-hub", 5).size());
        assertEquals(0, fixture.figures.of(TAG).pulls(), "the figures are those of closed days");
        assertEquals(0, fixture.rollUp(PULLED.plusSeconds(5400)), "nothing new, nothing written");
    }

    @Test
    void whatATagPointedAtWhenItWasPulledIsProtectedAfterTheTagHasMoved() {
        fixture.images.imported(TAG, ONE, PULLED.minusSeconds(3600));
        pull("one", PULLED, PULLED);
        fixture.images.imported(TAG, TWO, PULLED.plusSeconds(3600));
        fixture.rollUp(NEXT_NIGHT);
        assertEquals(
                Optional.of(PULLED),
                fixture.images.manifest(TAG.repository(), ONE).orElseThrow().lastPulledAt());
        assertEquals(Optional.empty(), fixture.images.manifest(TAG.repository(), TWO));
    }

    @Test
    void aPullByDigestProtectsTheDigestAndCountsForItsTag() {
        fixture.images.imported(TAG, ONE, PULLED.minusSeconds(3600));
        fixture.now = PULLED;
        fixture.deliver(Messages.files("cloudtrail/batch-get-image-node-role-by-digest.json"));
        fixture.rollUp(NEXT_NIGHT);
        ImageReference digest = new Digested(TAG.repository(), ONE);
        assertEquals(1, fixture.days.kept(digest, DAY).orElseThrow().usage().pulls());
        assertEquals(1, fixture.days.kept(TAG, DAY).orElseThrow().usage().byDigest());
        assertEquals(
                Optional.of(Instant.parse("2026-11-24T10:16:01Z")),
                fixture.images.manifest(TAG.repository(), ONE).orElseThrow().lastPulledAt());
    }

    @Test
    void anotherHalfLifeMakesAllScoresAnew() {
        pull("one", PULLED, PULLED);
        fixture.rollUp(NEXT_NIGHT);
        ForwardDecay day = new ForwardDecay(Duration.ofDays(1));
        pull("two", NEXT_NIGHT, NEXT_NIGHT);
        new UsageRollup(fixture.log, fixture.days, fixture.summaries, fixture.figures, fixture.images, day)
                .rollUp(NEXT_NIGHT.plus(Duration.ofDays(1)));
        double expected = Math.log(Math.pow(2, day.scoreAt(Instant.parse("2026-11-24T12:00:00Z")))
                        + Math.pow(2, day.scoreAt(NEXT_NIGHT)))
                / Math.log(2);
        assertEquals(expected, fixture.figures.of(TAG).score().orElseThrow(), 1e-9);
        assertEquals(expected, fixture.figures.popularity(TAG).orElseThrow(), 1e-9);
    }

    @Test
    void theOrderOfImagesIsThatOfTheirDecayedPulls() {
        fixture.now = PULLED;
        Instant before = PULLED.minus(Duration.ofDays(2));
        fixture.deliver(Messages.of(List.of(
                Messages.pull("docker-hub/library/a", "1", "node", "a1", before),
                Messages.pull("docker-hub/library/a", "1", "node", "a2", before),
                Messages.pull("docker-hub/library/b", "1", "node", "b1", PULLED),
                Messages.pull("docker-hub/library/b", "1", "node", "b2", PULLED),
                Messages.pull("docker-hub/library/c", "1", "node", "c1", before),
                Messages.pull("docker-hub/library/c", "1", "node", "c2", PULLED),
                Messages.pull("docker-hub/library/c", "1", "node", "c3", PULLED))));
        fixture.rollUp(NEXT_NIGHT);
        assertEquals(
                List.of("docker-hub/library/c:1", "docker-hub/library/b:1"),
                fixture.images.popular("docker-hub", 2).stream()
                        .map(image -> image.image().toString())
                        .toList());
    }

    @Test
    void aDayWithoutAnyPullIsClosedAtNoCost() {
        assertEquals(0, fixture.rollUp(NEXT_NIGHT));
        assertEquals(Optional.of(DAY), fixture.days.closedThrough());
        assertEquals(Map.of(), fixture.summaries.read(DAY, DAY));
    }
}
