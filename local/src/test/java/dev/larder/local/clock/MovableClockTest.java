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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MovableClockTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final InstantSource MACHINE = InstantSource.fixed(NOW);

    @TempDir
    Path folder;

    @Test
    void aRestartKeepsHowFarTheClockWasMoved() throws IOException {
        MovableClock clock = MovableClock.open(folder.resolve("clock"), MACHINE);
        clock.moveTo(NOW.plus(Duration.ofDays(31)));
        MovableClock again = MovableClock.open(folder.resolve("clock"), MACHINE);
        assertEquals(NOW.plus(Duration.ofDays(31)), again.instant());
    }

    @Test
    void theClockNeverGoesBack() throws IOException {
        MovableClock clock = MovableClock.open(folder.resolve("clock"), MACHINE);
        clock.moveTo(NOW.plusSeconds(60));
        clock.moveTo(NOW.plusSeconds(30));
        assertEquals(NOW.plusSeconds(60), clock.instant());
    }

    @Test
    void aBrokenFileIsNamed() throws IOException {
        Files.writeString(folder.resolve("clock"), "tomorrow");
        IOException e = assertThrows(IOException.class, () -> MovableClock.open(folder.resolve("clock"), MACHINE));
        assertTrue(e.getMessage().contains("'tomorrow'") && e.getMessage().contains("PT25H"), e.getMessage());
    }
}
