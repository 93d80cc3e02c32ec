package dev.larder.benchmarks;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.benchmarks.WriteUnits.Case;
import dev.larder.benchmarks.WriteUnits.Line;
import dev.larder.benchmarks.usage.LocalDynamoDb;
import dev.larder.benchmarks.usage.Mix;
import java.io.IOException;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A small measurement, so that a change which makes the record dear is noticed. */
class WriteUnitsTest {
    private static final int PULLS = 3_000;
    private static LocalDynamoDb dynamoDb;

    @BeforeAll
    static void start() throws IOException {
        dynamoDb = LocalDynamoDb.start();
    }

    @AfterAll
    static void stop() {
        dynamoDb.close();
    }

    @Test
    void aMillionPullsOfHotImagesTakeAtMostFiftyThousandUnits() {
        costsAtMost(new Case(Mix.hot(20, 10), 5, OptionalDouble.of(50_000)));
    }

    @Test
    void aMillionPullsOfFiveThousandImagesTakeAtMostTwoHundredThousandUnits() {
        costsAtMost(new Case(Mix.zipf(5_000, 100), 500, OptionalDouble.of(200_000)));
    }

    private static void costsAtMost(Case of) {
        Line line = WriteUnits.larder(dynamoDb, of, PULLS, 1);
        assertTrue(line.met(), () -> said(line));
        assertTrue(line.log() > 0 && line.days() > 0, () -> said(line));
    }

    private static String said(Line line) {
        return String.format(
                "%s: %,.0f units with batches and %,.0f beside them, per million pulls",
                line.of().mix().name(), line.log(), line.days());
    }
}
