package dev.larder.functions.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.larder.domain.usage.Caller;
import dev.larder.domain.usage.EventHash;
import dev.larder.domain.usage.Fact;
import dev.larder.domain.usage.LogHour;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What somebody who stays reads of the log, and that it is what one sees who comes anew. */
class QuietHoursTest {
    private static final String NGINX = "docker-hub/library/nginx:1.27";
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final LocalDate TODAY = LocalDate.parse("2026-11-24");

    private final UsageFixture usage = new UsageFixture();
    private final List<LogHour> read = new ArrayList<>();
    private final UsageLog counted = new UsageLogs.Delegating(usage.log) {
        @Override
        public List<Fact> read(LogHour hour) {
            read.add(hour);
            return super.read(hour);
        }
    };
    private final UsageHistory stays =
            new UsageHistory(usage.days, counted, usage.images, UsageFixture.WEEK, () -> usage.now);

    @AfterEach
    void close() {
        usage.close();
    }

    @Test
    void hoursThatWereOverWithoutAPullAreReadOnce() {
        usage.now = NOON;
        pulled(NOON.minus(Duration.ofHours(6)), NOON.minus(Duration.ofHours(6)));
        assertEquals(1, pulls());
        int first = read.size();
        read.clear();
        usage.now = NOON.plus(Duration.ofMinutes(15));
        assertEquals(1, pulls());
        assertEquals(
                List.of("06", "10", "11", "12"),
                read.stream()
                        .filter(hour -> hour.day().equals(TODAY))
                        .map(hour -> hour.toString().substring(11, 13))
                        .sorted()
                        .distinct()
                        .toList(),
                "the one with a pull, and those that may still leave no mark, of " + first);
    }

    @Test
    void whatIsLoggedForAnHourThatWasOverIsSeen() {
        usage.now = NOON;
        assertEquals(0, pulls());
        usage.now = NOON.plus(Duration.ofMinutes(15));
        pulled(NOON.minus(Duration.ofHours(6)), usage.now);
        assertEquals(1, pulls());
    }

    @Test
    void whatIsLoggedForAnHourThatMayStillLeaveNoMarkIsSeen() {
        usage.now = NOON;
        assertEquals(0, pulls());
        Instant slow = NOON.minus(Duration.ofMinutes(50));
        usage.now = NOON.plus(Duration.ofMinutes(15));
        pulled(NOON.minus(Duration.ofHours(2)), slow);
        assertEquals(List.of(), usage.log.marks());
        assertEquals(1, pulls());
    }

    @Test
    void whatADayGotBeforeItWasClosedIsSeenWhenItIsOpenedAgain() {
        usage.now = NOON;
        assertEquals(0, pulls());
        pulled(NOON.minus(Duration.ofHours(6)), NOON.plus(Duration.ofHours(1)));
        usage.rollUp(NOON.plus(Duration.ofHours(15)));
        assertEquals(List.of(), usage.log.marks(), "nobody can tell any more");
        usage.now = NOON.plus(Duration.ofHours(16));
        pulled(NOON.minus(Duration.ofHours(8)), usage.now);
        assertEquals(2, pulls());
    }

    private long pulls() {
        long seen = stays.pulls(UsageFixture.tag(NGINX), TODAY, TODAY);
        assertEquals(usage.history().pulls(UsageFixture.tag(NGINX), TODAY, TODAY), seen);
        return seen;
    }

    private void pulled(Instant at, Instant logged) {
        Fact pull = new Fact.Fetch(
                UsageFixture.tag(NGINX),
                Caller.of("arn:aws:iam::111122223333:role/node"),
                EventHash.of(at.toString()),
                at,
                true,
                Optional.empty());
        usage.log.append(LogHour.of(at), List.of(pull), logged);
    }
}
