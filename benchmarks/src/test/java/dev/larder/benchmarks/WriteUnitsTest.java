package dev.larder.benchmarks;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.benchmarks.WriteUnits.Case;
import dev.larder.benchmarks.WriteUnits.Line;
import dev.larder.benchmarks.usage.LocalDynamoDb;
import dev.larder.benchmarks.usage.Mix;
import java.io.IOException;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** A small measurement, so that a change which makes the record dear is noticed. */
class WriteUnitsTest {
    private static final int PULLS = 3_000;

    @Test
    void aMillionPullsOfHotImagesTakeAtMostFiftyThousandUnits() throws IOException {
        costsAtMost(new Case(Mix.hot(20, 10), 4, OptionalDouble.of(50_000)));
    }

    @Test
    void aMillionPullsOfFiveThousandImagesTakeAtMostTwoHundredThousandUnits() throws IOException {
        costsAtMost(new Case(Mix.zipf(5_000, 100), 500, OptionalDouble.of(200_000)));
    }

    private static void costsAtMost(Case of) throws IOException {
        try (LocalDynamoDb dynamoDb = LocalDynamoDb.start()) {
            Line line = WriteUnits.larder(dynamoDb, of, PULLS);
            assertTrue(line.met(), line::toString);
            assertTrue(line.log() > 0 && line.days() > 0, line::toString);
        }
    }
}
