package dev.larder.functions.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.domain.popularity.ForwardDecay;
import dev.larder.domain.usage.Caller;
import dev.larder.domain.usage.EventHash;
import dev.larder.domain.usage.Fact;
import dev.larder.domain.usage.LogHour;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.functions.table.Key;
import dev.larder.functions.table.Values;
import dev.larder.functions.usage.Figures.ImageFigures;
import dev.larder.functions.usage.UsageRebuild.Change;
import dev.larder.functions.usage.UsageRebuild.Rebuilt;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UsageRebuildTest {
    private static final Tagged NGINX = UsageFixture.tag("docker-hub/library/nginx:1.27");
    private static final Tagged REDIS = UsageFixture.tag("docker-hub/library/redis:7");
    private static final Digest REDIS_DIGEST = new Digest("sha256:" + "a1".repeat(32));
    private static final Instant FIRST_DAY = Instant.parse("2026-11-22T10:16:00Z");
    private static final Instant SECOND_DAY = Instant.parse("2026-11-23T11:00:00Z");
    private static final Instant TODAY = Instant.parse("2026-11-24T09:00:00Z");

    private final UsageFixture fixture = new UsageFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    /** Redis was pulled by digest only, so that no row of a summary names its tag. */
    @BeforeEach
    void threeDays() {
        fixture.state.begin(FIRST_DAY);
        fixture.images.imported(REDIS, REDIS_DIGEST, FIRST_DAY.minusSeconds(3600));
        pull(NGINX, "one", FIRST_DAY);
        pull(NGINX, "two", SECOND_DAY);
        pull(new Digested(REDIS.repository(), REDIS_DIGEST), "three", SECOND_DAY);
        fixture.rollUp(Instant.parse("2026-11-24T03:00:00Z"));
        pull(NGINX, "four", TODAY);
        fixture.rollUp(TODAY.plusSeconds(600));
    }

    private void pull(ImageReference image, String event, Instant time) {
        Caller node = Caller.of("arn:aws:iam::111122223333:role/node");
        fixture.log.append(
                LogHour.of(time),
                List.of(new Fact.Fetch(image, node, EventHash.of(event), time, true, Optional.empty())),
                time);
    }

    private UsageRebuild rebuild(ForwardDecay decay) {
        return new UsageRebuild(
                fixture.days,
                fixture.summaries,
                fixture.log,
                fixture.figures,
                fixture.images,
                new RollupLease(fixture.local.table()),
                decay,
                () -> fixture.now);
    }

    private void spoil(Tagged image) {
        fixture.local
                .table()
                .update(
                        Key.of(image),
                        "SET pulls = :wrong, coldPulls = :wrong, score = :high, popularity = :high",
                        Map.of(":wrong", Values.number(77), ":high", Values.number(1000)));
    }

    @Test
    void whatTheRollUpWroteIsWhatTheDaysSay() {
        assertEquals(new Rebuilt(2, List.of()), rebuild(UsageFixture.WEEK).rebuild());
    }

    @Test
    void spoiledFiguresAreWhatTheyWereAgain() {
        List<ImageFigures> before = List.of(fixture.figures.of(NGINX), fixture.figures.of(REDIS));
        double ranked = fixture.figures.popularity(NGINX).orElseThrow();
        spoil(NGINX);
        spoil(REDIS);
        Rebuilt rebuilt = rebuild(UsageFixture.WEEK).rebuild();
        assertEquals(
                List.of(NGINX, REDIS),
                rebuilt.changes().stream().map(Change::image).toList());
        assertEquals(77, rebuilt.changes().getFirst().from().pulls());
        assertEquals(2, rebuilt.changes().getFirst().to().pulls());
        assertEquals(before, List.of(fixture.figures.of(NGINX), fixture.figures.of(REDIS)));
        assertEquals(ranked, fixture.figures.popularity(NGINX).orElseThrow(), 1e-9, "today's pull included");
        assertEquals(List.of(), rebuild(UsageFixture.WEEK).rebuild().changes(), "the second time");
    }

    @Test
    void aComparisonWritesNothing() {
        spoil(NGINX);
        assertEquals(1, rebuild(UsageFixture.WEEK).compare().changes().size());
        assertEquals(77, fixture.figures.of(NGINX).pulls());
    }

    @Test
    void anotherHalfLifeMakesAllScoresAnew() {
        ForwardDecay day = new ForwardDecay(Duration.ofDays(1));
        assertEquals(2, rebuild(day).rebuild().changes().size());
        ImageFigures figures = fixture.figures.of(NGINX);
        assertEquals(Duration.ofDays(1), figures.halfLife());
        assertTrue(figures.score().orElseThrow() > day.scoreAt(FIRST_DAY), figures.toString());
        assertEquals(List.of(), rebuild(day).rebuild().changes());
    }

    @Test
    void theTimeOfTheLastPullDoesNotGoBackBecauseItProtectsTheImage() {
        Instant later = TODAY.plusSeconds(60);
        fixture.images.pulled(NGINX, later);
        spoil(NGINX);
        rebuild(UsageFixture.WEEK).rebuild();
        assertEquals(Optional.of(later), fixture.figures.of(NGINX).lastPulledAt());
    }

    @Test
    void nothingIsRebuiltWhileTheRollUpRuns() {
        spoil(NGINX);
        RollupLease lease = new RollupLease(fixture.local.table());
        assertTrue(lease.take("the roll-up", fixture.now));
        IllegalStateException refused = assertThrows(
                IllegalStateException.class, () -> rebuild(UsageFixture.WEEK).rebuild());
        assertTrue(String.valueOf(refused.getMessage()).contains("the roll-up is running"), refused.getMessage());
        assertEquals(77, fixture.figures.of(NGINX).pulls());
        lease.release("the roll-up");
        assertEquals(1, rebuild(UsageFixture.WEEK).rebuild().changes().size());
        assertTrue(lease.take("another roll-up", fixture.now), "the rebuild gave the lease back");
    }
}
