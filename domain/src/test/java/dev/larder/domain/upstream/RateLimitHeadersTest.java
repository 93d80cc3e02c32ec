package dev.larder.domain.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.domain.upstream.RateLimitHeaders.Nonsense;
import dev.larder.domain.upstream.RateLimitHeaders.Reported;
import dev.larder.domain.upstream.RateLimitHeaders.Silent;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateLimitHeadersTest {
    private static RateLimitHeaders read(String limit, String remaining) {
        return RateLimitHeaders.read(List.of(limit), List.of(remaining));
    }

    @Test
    void theHeadersOfDockerHubAreRead() {
        assertEquals(new Reported(new ReportedLimit(100, 76, Duration.ofHours(6))), read("100;w=21600", "76;w=21600"));
    }

    @Test
    void theLongestWindowThatIsBelievedIsADay() {
        assertEquals(new Reported(new ReportedLimit(100, 0, Duration.ofDays(1))), read("100;w=86400", "0"));
    }

    @Test
    void aWindowMayBeMissingInEitherHeaderOrBoth() {
        ReportedLimit minute = new ReportedLimit(100, 0, Duration.ofMinutes(1));
        assertEquals(new Reported(minute), read("100", "0;w=60"));
        assertEquals(new Reported(minute), read("100; w=60", "0"));
        assertEquals(new Reported(new ReportedLimit(100, 100, RateLimitHeaders.ASSUMED_WINDOW)), read("100", "100"));
    }

    @Test
    void otherParametersArePassedOverAndAHeaderMayBeThereTwice() {
        assertEquals(
                new Reported(new ReportedLimit(10, 9, Duration.ofSeconds(1))),
                RateLimitHeaders.read(List.of("10;w=1;burst=20", "10;w=1"), List.of("9")));
    }

    @Test
    void noHeadersAreNoNonsense() {
        assertEquals(new Silent(), RateLimitHeaders.read(List.of(), List.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "100;w=21600, -1;w=21600",
        "-100, 5",
        "100;w=21600, 101;w=21600",
        "100;w=0, 50;w=0",
        "100;w=-60, 50",
        "100;w=21600, 50;w=60",
        "100;w=60;w=21600, 50",
        "99999999999, 5",
        "9999999999999999999999, 5",
        "100;w=99999999999999, 5",
        "100;w=86401, 5",
        "100;w=2678400, 0",
        "0, 0",
        "unlimited, unlimited",
        "100;w=, 5",
        "'100, 10;w=1', 5",
        "1e9, 5",
        "'', ''"
    })
    void aLieIsPassedOverWithWhatItSays(String limit, String remaining) {
        Nonsense nonsense = assertInstanceOf(Nonsense.class, read(limit, remaining));
        assertTrue(nonsense.reason().startsWith("ratelimit-limit '" + limit + "'"), nonsense.reason());
    }

    @Test
    void oneHeaderAloneAndTwoThatContradictArePassedOver() {
        assertInstanceOf(Nonsense.class, RateLimitHeaders.read(List.of("100;w=60"), List.of()));
        assertInstanceOf(Nonsense.class, RateLimitHeaders.read(List.of(), List.of("5")));
        assertInstanceOf(Nonsense.class, RateLimitHeaders.read(List.of("100", "200"), List.of("5")));
    }

    @Property
    void whateverTheHeadersSayIsReadAndShownInOneShortLine(
            @ForAll @StringLength(max = 400) @CharRange(from = 0, to = 300) String limit,
            @ForAll @StringLength(max = 20) @CharRange(from = '0', to = ';') String remaining) {
        if (read(limit, remaining) instanceof Nonsense(String reason)) {
            assertTrue(reason.length() < 300 && reason.chars().allMatch(c -> c >= ' ' && c < 127), reason);
        }
    }
}
