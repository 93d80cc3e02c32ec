package dev.larder.functions.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LookAheadTest {
    @ParameterizedTest
    @CsvSource({
        "rate(15 minutes),  PT30M",
        "rate(1 hour),      PT2H",
        "rate(30 minutes),  PT1H",
        "rate(1 day),       PT3H",
        "cron(0 * * * ? *), PT2H",
    })
    void aPlanLooksTwoSchedulesAhead(String schedule, Duration ahead) {
        assertEquals(ahead, LookAhead.of(schedule));
    }

    @ParameterizedTest
    @CsvSource({
        "rate(15 minutes),   PT15M",
        "rate(2 days),       PT48H",
        "cron(0 6 * * ? *),  PT24H",
    })
    void plansAreNoFurtherApart(String schedule, Duration apart) {
        assertEquals(apart, LookAhead.betweenPlans(schedule));
    }
}
