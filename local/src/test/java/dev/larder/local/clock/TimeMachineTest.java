package dev.larder.local.clock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimeMachineTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    @TempDir
    Path folder;

    @Test
    void everythingDueHappensAtItsOwnTimeInTheOrderOfTime() throws IOException {
        MovableClock clock = MovableClock.open(folder.resolve("clock"), InstantSource.fixed(NOW));
        TimeMachine time = new TimeMachine(clock, new Idle());
        List<String> happened = new ArrayList<>();
        time.add(new Periodic(NOW, Duration.ofHours(10), at -> happened.add("ten " + clock.instant())));
        time.add(new Periodic(NOW, Duration.ofHours(12), at -> happened.add("twelve " + clock.instant())));
        assertEquals(NOW.plus(Duration.ofHours(25)), time.advance(Duration.ofHours(25)));
        assertEquals(
                List.of(
                        "ten 2026-11-24T22:00:00Z",
                        "twelve 2026-11-25T00:00:00Z",
                        "ten 2026-11-25T08:00:00Z",
                        "twelve 2026-11-25T12:00:00Z"),
                happened);
    }

    @Test
    void aMoveBackIsRefused() throws IOException {
        TimeMachine time =
                new TimeMachine(MovableClock.open(folder.resolve("clock"), InstantSource.fixed(NOW)), new Idle());
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> time.advance(Duration.ofHours(-1)));
        assertTrue(e.getMessage().contains("only goes forward"), e.getMessage());
    }

    @Test
    void messagesThatWaitForARetryAreMetOnTheWay() throws IOException {
        MovableClock clock = MovableClock.open(folder.resolve("clock"), InstantSource.fixed(NOW));
        Retry retry = new Retry(clock, NOW.plus(Duration.ofMinutes(6)));
        new TimeMachine(clock, retry).advance(Duration.ofDays(31));
        assertTrue(retry.seenAt.isBefore(NOW.plus(Duration.ofMinutes(16))), () -> "seen at " + retry.seenAt);
    }

    @Test
    void aDelayedMessageIsMetWhenItBecomesVisibleHoweverLongTheSteps() throws IOException {
        MovableClock clock = MovableClock.open(folder.resolve("clock"), InstantSource.fixed(NOW));
        Instant visible = NOW.plus(Duration.ofMinutes(47).plusSeconds(3));
        Retry delayed = new Retry(clock, visible) {
            @Override
            public Optional<Instant> nextPostponed() {
                return Optional.of(visible).filter(clock.instant()::isBefore);
            }
        };
        new TimeMachine(clock, delayed).advance(Duration.ofDays(1));
        assertEquals(visible, delayed.seenAt());
    }

    @Property(tries = 50)
    void timesOnlyGrowAndNothingIsLeftOut(
            @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 90) Integer> periods) throws IOException {
        Path file = Files.createTempDirectory("clock").resolve("clock");
        MovableClock clock = MovableClock.open(file, InstantSource.fixed(NOW));
        TimeMachine time = new TimeMachine(clock, new Idle());
        List<Instant> happened = new ArrayList<>();
        periods.forEach(minutes -> time.add(new Periodic(NOW, Duration.ofMinutes(minutes), happened::add)));
        time.advance(Duration.ofHours(3));
        assertEquals(happened.stream().sorted().toList(), happened);
        assertEquals(periods.stream().mapToInt(minutes -> 180 / minutes).sum(), happened.size());
    }

    /** Quiet at the third look; gets on as a test says. */
    private static final class Busy implements Activity {
        private final int step;
        private int looks;

        Busy(int step) {
            this.step = step;
        }

        @Override
        public boolean awaitQuiet(Duration timeout) {
            looks++;
            return looks >= 3;
        }

        @Override
        public long progress() {
            return (long) step * looks;
        }

        @Override
        public boolean hasPostponed() {
            return false;
        }
    }

    @Test
    void itWaitsForAsLongAsTheCloudGetsOn(@TempDir Path folder) throws IOException {
        MovableClock clock = MovableClock.open(folder.resolve("clock"), InstantSource.fixed(NOW));
        TimeMachine time = new TimeMachine(clock, new Busy(1));
        assertEquals(NOW.plus(Duration.ofDays(1)), time.advance(Duration.ofDays(1)));
    }

    @Test
    void aCloudThatDoesNotGetOnStopsTheClock(@TempDir Path folder) throws IOException {
        MovableClock clock = MovableClock.open(folder.resolve("clock"), InstantSource.fixed(NOW));
        TimeMachine time = new TimeMachine(clock, new Busy(0));
        IOException stuck = assertThrows(IOException.class, () -> time.advance(Duration.ofDays(1)));
        assertTrue(stuck.getMessage().contains("nothing was taken from them for 16 minutes"), stuck.getMessage());
    }

    private static final class Idle implements Activity {
        @Override
        public boolean awaitQuiet(Duration timeout) {
            return true;
        }

        @Override
        public long progress() {
            return 0;
        }

        @Override
        public boolean hasPostponed() {
            return false;
        }
    }

    private static class Retry implements Activity {
        private final InstantSource clock;
        private final Instant visible;
        private Instant seenAt = Instant.MAX;

        Instant seenAt() {
            return seenAt;
        }

        Retry(InstantSource clock, Instant visible) {
            this.clock = clock;
            this.visible = visible;
        }

        @Override
        public boolean awaitQuiet(Duration timeout) {
            if (seenAt.equals(Instant.MAX) && !clock.instant().isBefore(visible)) {
                seenAt = clock.instant();
            }
            return true;
        }

        @Override
        public long progress() {
            return 0;
        }

        @Override
        public boolean hasPostponed() {
            return seenAt.equals(Instant.MAX);
        }
    }
}
