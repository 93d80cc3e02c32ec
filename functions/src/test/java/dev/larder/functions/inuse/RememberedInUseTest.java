package dev.larder.functions.inuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.domain.lifecycle.InUse;
import dev.larder.events.image.ImageReference;
import dev.larder.functions.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RememberedInUseTest {
    private static final Duration REMEMBERED = Duration.ofMinutes(2);
    private static final ImageReference IMAGE = ImageReference.parse("quay/a/b:1");

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-26T10:00:00Z"));
    private Map<ImageReference, String> inUse = Map.of();
    private Duration reading = Duration.ZERO;
    private Runnable whileReading = () -> {};
    private int readings;

    /** Sees what was in use when it began. */
    private List<InUse> read() {
        readings++;
        List<InUse> seen = List.of(InUse.of("ECS", inUse));
        whileReading.run();
        clock.advance(reading);
        return seen;
    }

    @Test
    void anAnswerIsRememberedForAWhileAndOneWithAHoleIsNot() {
        List<InUse> whole = List.of(InUse.of("ECS", Map.of()));
        List<InUse> hole = List.of(InUse.unreadable("ECS", "denied"));
        List<List<InUse>> answers = new ArrayList<>(List.of(hole, whole, hole));
        InUseSources remembered = new RememberedInUse(answers::removeFirst, REMEMBERED, clock);
        assertEquals(hole, remembered.now());
        assertEquals(whole, remembered.now());
        assertEquals(whole, remembered.now());
        clock.advance(REMEMBERED);
        assertEquals(hole, remembered.now());
    }

    @Test
    void whatPeopleReportCountsAtOnce() {
        List<InUse> reported = new ArrayList<>();
        InUseSources sources = InUseWiring.remembering(this::read, () -> List.copyOf(reported), clock);
        assertEquals(1, sources.now().size());
        reported.add(InUse.of("the list of prod", Map.of(IMAGE, "prod")));
        assertEquals(2, sources.now().size());
        assertEquals(1, readings);
    }

    /** One that needs some more turns, and answers when it is ready. */
    private final class Slow implements InUseSources {
        int turns;

        Slow(int turns) {
            this.turns = turns;
        }

        @Override
        public boolean readAhead() {
            clock.advance(Duration.ofMinutes(4));
            return --turns < 0;
        }

        @Override
        public List<InUse> now() {
            return read();
        }
    }

    @Test
    void whatTakesLongIsReadAheadInTurnsAndThenRememberedSinceTheLastOneBegan() {
        Slow slow = new Slow(2);
        InUseSources sources = InUseWiring.remembering(slow, List::of, clock);
        assertFalse(sources.readAhead());
        assertFalse(sources.readAhead());
        assertEquals(0, readings);
        assertTrue(sources.readAhead());
        sources.now();
        assertEquals(1, readings);
        assertTrue(sources.readAhead(), "the answer is good");
        clock.advance(Duration.ofMinutes(1));
        sources.now();
        assertEquals(2, readings, "five minutes after it was begun");
    }

    @Test
    void eachOfSeveralHasItsTurn() {
        Slow one = new Slow(1);
        Slow two = new Slow(1);
        InUseSources both = new AllInUse(List.of(one, two));
        assertFalse(both.readAhead());
        assertTrue(both.readAhead());
    }

    @Test
    void anAnswerThatTookLongIsRememberedFromWhenItCame() {
        reading = REMEMBERED.plusMinutes(1);
        InUseSources remembered = new RememberedInUse(this::read, REMEMBERED, clock);
        for (int look = 0; look < 4; look++) {
            remembered.now();
            clock.advance(Duration.ofSeconds(25));
        }
        assertEquals(1, readings);
    }

    @Test
    void whatBeganToBeUsedWhileItWasReadIsSeenByTheNextReading() {
        reading = Duration.ofMinutes(1);
        whileReading = () -> inUse = Map.of(IMAGE, "the service web in prod");
        InUseSources remembered = new RememberedInUse(this::read, REMEMBERED, clock);
        assertEquals(Map.of(), remembered.now().getFirst().images());
        clock.advance(REMEMBERED);
        assertEquals(inUse, remembered.now().getFirst().images());
    }

    @Test
    void noLookGoesByWhatWasBegunLongerAgoThanPullsTakeToBeKnown() {
        reading = RememberedInUse.OLDEST.minusSeconds(70);
        InUseSources remembered = new RememberedInUse(this::read, REMEMBERED, clock);
        remembered.now();
        clock.advance(Duration.ofSeconds(69));
        remembered.now();
        assertEquals(1, readings);
        clock.advance(Duration.ofSeconds(1));
        remembered.now();
        assertEquals(2, readings);
    }

    @Test
    void aReadingThatTakesLongerThanThatIsNotBegunAnewByEachLook() {
        reading = RememberedInUse.OLDEST.plusMinutes(1);
        InUseSources remembered = new RememberedInUse(this::read, REMEMBERED, clock);
        remembered.now();
        clock.advance(RememberedInUse.LEAST.minusSeconds(1));
        remembered.now();
        assertEquals(1, readings);
        clock.advance(Duration.ofSeconds(1));
        remembered.now();
        assertEquals(2, readings);
    }
}
