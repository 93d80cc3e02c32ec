package dev.larder.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.time.LocalDate;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

/** The figures that every table shows, and how far back they go. */
class SumsTest {
    private static final Since.Converter SINCE = new Since.Converter();

    @Test
    void aHitRatioIsOneHundredPercentOnlyWhenEveryPullWasAHit() {
        assertEquals("99.9%", new Sums(100_000, 1, 0, 0, 0).hitPercent());
        assertEquals("100.0%", new Sums(3, 0, 0, 9, 0).hitPercent());
        assertEquals("33.3%", new Sums(3, 1, 1, 0, 0).hitPercent());
        assertEquals("", new Sums(0, 0, 0, 9, 0).hitPercent(), "failed pulls are no pulls");
    }

    @Test
    void nobodyWhoDidNotPullHasAHitRatio() {
        assertEquals(OptionalDouble.empty(), Sums.NONE.hitRatio());
        assertEquals(OptionalDouble.of(0.5), new Sums(4, 1, 1, 0, 0).hitRatio());
    }

    @Test
    void bytesAreToldInUnits() {
        assertEquals("1023 B", Sizes.of(1023));
        assertEquals("1.0 KiB", Sizes.of(1024));
        assertEquals("1.5 GiB", Sizes.of(3L << 29));
        assertEquals("8.0 EiB", Sizes.of(Long.MAX_VALUE));
    }

    @Test
    void daysAndWeeksReachBackToAWholeDay() {
        assertEquals(LocalDate.parse("2026-10-25"), SINCE.convert("30d").from(Instant.parse("2026-11-24T23:59:59Z")));
        assertEquals(new Since(28), SINCE.convert("4w"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "30", "0d", "-1d", "6h", "3651d", "9999w", "yesterday"})
    void whatIsNoSuchTimeIsRefused(String text) {
        TypeConversionException refused = assertThrows(TypeConversionException.class, () -> SINCE.convert(text));
        assertEquals(
                "found '" + text + "', expected days or weeks such as 30d or 4w, at most 3650d:"
                        + " the record is kept by day",
                refused.getMessage());
    }
}
