package dev.larder.functions.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.domain.popularity.ForwardDecay;
import dev.larder.domain.usage.EventHash;
import dev.larder.domain.usage.Tally;
import dev.larder.events.image.ImageReference;
import dev.larder.functions.Messages;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UsageRollupTest {
    private static final ImageReference NGINX = ImageReference.parse("docker-hub/library/nginx:1.27");
    private static final String NODE = "arn:aws:iam::111122223333:role/node";
    private static final Instant TOMORROW = Instant.parse("2026-11-25T00:30:00Z");

    private final UsageFixture fixture = new UsageFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aDayThatIsOverIsSummedUpByPrincipal() {
        pulled("a", "2026-11-24T10:15:00Z");
        pulled("b", "2026-11-24T23:59:59Z");
        pulled("c", "2026-11-25T00:00:00Z");
        assertEquals(1, fixture.rollup.rollUp(TOMORROW));
        assertEquals(Map.of(NODE, 2L), fixture.days.keptBy(NGINX, UsageFixture.TODAY));
        assertEquals(Map.of(), fixture.days.keptBy(NGINX, UsageFixture.TODAY.plusDays(1)));
        assertEquals(3, fixture.tally(NGINX.toString()).pulls());
    }

    @Test
    void pullsOfSomeDaysAreThoseThatAreKeptAndThoseThatAreNotRolledUpYet() {
        pulled("a", "2026-11-10T10:00:00Z");
        pulled("b", "2026-11-22T10:00:00Z");
        pulled("c", "2026-11-23T10:00:00Z");
        fixture.rollup.rollUp(UsageFixture.NOW);
        pulled("d", "2026-11-23T11:00:00Z");
        pulled("e", "2026-11-24T10:00:00Z");
        UsageHistory history = new UsageHistory(fixture.days);
        assertEquals(4, history.pulls(NGINX, LocalDate.parse("2026-11-11"), UsageFixture.TODAY));
        assertEquals(5, history.pulls(NGINX, LocalDate.parse("2026-11-10"), UsageFixture.TODAY));
        assertEquals(1, history.pulls(NGINX, UsageFixture.TODAY, UsageFixture.TODAY));
    }

    @Test
    void theDayThatIsNotOverWaits() {
        pulled("a", "2026-11-24T10:15:00Z");
        assertEquals(0, fixture.rollup.rollUp(UsageFixture.NOW));
        assertEquals(Map.of(), fixture.days.keptBy(NGINX, UsageFixture.TODAY));
    }

    @Test
    void rollingUpTwiceIsRollingUpOnce() {
        pulled("a", "2026-11-24T10:15:00Z");
        fixture.rollup.rollUp(TOMORROW);
        Tally tally = fixture.tally(NGINX.toString());
        assertEquals(0, fixture.rollup.rollUp(TOMORROW));
        assertEquals(Map.of(NODE, 1L), fixture.days.keptBy(NGINX, UsageFixture.TODAY));
        assertEquals(tally, fixture.tally(NGINX.toString()));
    }

    @Test
    void aPullThatComesAfterItsDayWasRolledUpIsAddedToIt() {
        pulled("a", "2026-11-24T10:15:00Z");
        fixture.rollup.rollUp(TOMORROW);
        fixture.now = TOMORROW;
        pulled("b", "2026-11-24T10:15:01Z");
        assertEquals(1, fixture.rollup.rollUp(TOMORROW.plusSeconds(3_600)));
        assertEquals(Map.of(NODE, 2L), fixture.days.keptBy(NGINX, UsageFixture.TODAY));
        assertEquals(2, fixture.tally(NGINX.toString()).pulls());
    }

    @Test
    void aPullThatComesManyDaysLateIsAddedBeforeTheNextDayIsOver() {
        Instant later = TOMORROW.plus(Duration.ofDays(9));
        assertEquals(0, fixture.rollup.rollUp(later));
        fixture.now = later;
        pulled("a", "2026-11-24T10:15:00Z");
        fixture.rollup.rollUp(later.plus(Duration.ofHours(23)));
        assertEquals(1, fixture.rollup.rollUp(later.plus(Duration.ofDays(1))));
        assertEquals(Map.of(NODE, 1L), fixture.days.keptBy(NGINX, UsageFixture.TODAY));
    }

    @Test
    void onlyTheFirstRunOfADayAsksForEveryDay() {
        List<LocalDate> asked = new ArrayList<>();
        UsageRollup rollup = new UsageRollup(
                (UsageDays) Proxy.newProxyInstance(
                        UsageDays.class.getClassLoader(),
                        new Class<?>[] {UsageDays.class},
                        (proxy, method, arguments) -> {
                            asked.add((LocalDate) arguments[0]);
                            return List.of();
                        }),
                fixture.tallies,
                UsageFixture.WEEK);
        rollup.rollUp(TOMORROW);
        assertEquals(UsageRollup.DAYS_BACK, asked.size());
        asked.clear();
        rollup.rollUp(TOMORROW.plus(Duration.ofHours(1)));
        assertEquals(UsageRollup.LATEST_DAYS, asked.size());
        assertEquals(UsageFixture.TODAY, asked.getLast());
    }

    @Test
    void figuresThatACrashLeftBehindAreSetRight() {
        pulled("a", "2026-11-24T10:15:00Z");
        pulled("b", "2026-11-24T11:15:00Z");
        Tally right = fixture.tally(NGINX.toString());
        fixture.tallies.move(NGINX, right, new Tally(1, OptionalDouble.of(-7), right.lastPulledAt()));
        fixture.rollup.rollUp(TOMORROW);
        Tally after = fixture.tally(NGINX.toString());
        assertEquals(2, after.pulls());
        assertEquals(right.popularity().getAsDouble(), after.popularity().getAsDouble(), 1e-9);
        assertEquals(right.lastPulledAt(), after.lastPulledAt());
    }

    @Test
    void aCrashBetweenTheRecordAndTheFiguresLosesNeitherPullNorProtection() {
        String body =
                Messages.pull("docker-hub/library/nginx", "1.27", "node", "a", Instant.parse("2026-11-24T10:15:00Z"));
        Tallies crashing = new Tallies() {
            @Override
            public Tally of(ImageReference image) {
                return fixture.tallies.of(image);
            }

            @Override
            public boolean move(ImageReference image, Tally seen, Tally to) {
                throw new IllegalStateException("the container is gone");
            }

            @Override
            public void addCold(ImageReference.Tagged image) {
                fixture.tallies.addCold(image);
            }
        };
        var failing = fixture.recorder(fixture.records, crashing);
        assertEquals(List.of("0"), Messages.failed(failing.handleRequest(Messages.of(List.of(body)), null)));
        assertEquals(List.of(), Messages.failed(fixture.deliver(Messages.of(List.of(body)))));
        assertEquals(Map.of(NODE, 1L), fixture.bucketsOf(NGINX.toString(), UsageFixture.TODAY));
        assertEquals(
                Instant.parse("2026-11-24T10:15:00Z"),
                fixture.tally(NGINX.toString()).lastPulledAt().orElseThrow());
        fixture.rollup.rollUp(TOMORROW);
        assertEquals(1, fixture.tally(NGINX.toString()).pulls());
        assertEquals(
                UsageFixture.WEEK.scoreAt(Instant.parse("2026-11-24T10:15:00Z")),
                fixture.tally(NGINX.toString()).popularity().getAsDouble(),
                1e-9);
    }

    @Test
    void whatOneRunDoesNotGetToIsLeftToTheNext() {
        pulled("a", "2026-11-24T10:15:00Z");
        fixture.deliver(Messages.files("cloudtrail/batch-get-image-role-with-path.json"));
        UsageRollup oneAtATime = new UsageRollup(fixture.days, fixture.tallies, UsageFixture.WEEK, 1);
        assertEquals(1, oneAtATime.rollUp(TOMORROW));
        assertEquals(1, oneAtATime.rollUp(TOMORROW));
        assertEquals(0, oneAtATime.rollUp(TOMORROW));
        assertEquals(Map.of(NODE, 1L), fixture.days.keptBy(NGINX, UsageFixture.TODAY));
    }

    @Test
    void whatIsNotedWhileADayIsRolledUpIsRolledUpAgain() {
        pulled("a", "2026-11-24T10:15:00Z");
        var before = fixture.days.noted(UsageFixture.TODAY).getFirst();
        fixture.records.note(NGINX, UsageFixture.TODAY);
        fixture.days.done(before);
        assertEquals(1, fixture.days.noted(UsageFixture.TODAY).size());
    }

    @Test
    void coldPullsAreSummedUpToo() {
        ImageReference.Tagged nginx = (ImageReference.Tagged) NGINX;
        EventHash event = EventHash.of("event");
        assertTrue(fixture.records.addCold(nginx, event, UsageFixture.NOW));
        assertFalse(fixture.records.addCold(nginx, event, UsageFixture.NOW));
        assertEquals(1, fixture.days.coldPulls(NGINX, UsageFixture.TODAY));
    }

    @Test
    void anotherHalfLifeIsAppliedToTheDaysThatAreKept() {
        pulled("a", "2026-11-24T10:15:00Z");
        fixture.rollup.rollUp(TOMORROW);
        fixture.now = TOMORROW;
        pulled("b", "2026-11-25T00:15:00Z");
        ForwardDecay day = new ForwardDecay(Duration.ofDays(1));
        new UsageRollup(fixture.days, fixture.tallies, day).rollUp(TOMORROW.plus(Duration.ofDays(1)));
        Tally tally = fixture.tally(NGINX.toString());
        double noon = day.scoreAt(Instant.parse("2026-11-24T12:00:00Z"));
        double exact = day.scoreAt(Instant.parse("2026-11-25T00:15:00Z"));
        assertEquals(
                ForwardDecay.sum(OptionalDouble.of(noon), OptionalDouble.of(exact))
                        .getAsDouble(),
                tally.popularity().getAsDouble(),
                1e-9);
    }

    private void pulled(String eventId, String time) {
        String body = Messages.pull("docker-hub/library/nginx", "1.27", "node", eventId, Instant.parse(time));
        assertEquals(List.of(), Messages.failed(fixture.deliver(Messages.of(List.of(body)))));
    }
}
