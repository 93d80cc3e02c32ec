package dev.larder.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TextTableTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    @Test
    void numbersStandRightAndTextStandsLeft() {
        TextTable table = new TextTable("IMAGE", "PULLS", "DAY");
        table.row("quay/a/b:1", 7, "2026-11-24");
        table.row("quay/a/long:1.2.3", 12345, "2026-11-25");
        assertEquals("""
                IMAGE              PULLS  DAY
                quay/a/b:1             7  2026-11-24
                quay/a/long:1.2.3  12345  2026-11-25
                """, table.toString());
    }

    @Test
    void aTableWithoutRowsIsItsHeadings() {
        assertEquals("RUN  BYTES\n", new TextTable("RUN", "BYTES").toString());
    }

    @Test
    void timesAreToldWithTheirAge() {
        assertEquals("never", Ages.of(Optional.empty(), NOW));
        assertEquals("2026-11-24T11:59:30Z (30 s ago)", Ages.of(Optional.of(NOW.minusSeconds(30)), NOW));
        assertEquals("2026-11-22T11:00:00Z (2 d ago)", Ages.of(Optional.of(NOW.minus(Duration.ofHours(49))), NOW));
        assertEquals("2026-11-24T14:00:00Z (in 2 h)", Ages.of(Optional.of(NOW.plus(Duration.ofHours(2))), NOW));
    }
}
