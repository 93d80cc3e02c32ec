package dev.larder.benchmarks.warming;

import static dev.larder.benchmarks.warming.Worlds.BEGINS;
import static dev.larder.benchmarks.warming.Worlds.change;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.larder.benchmarks.warming.TagChanges.Kind;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RepullTest {
    private static final int HOUR = 3600;
    private static final int DAY = 24 * HOUR;
    private static final int FIVE = DAY + 5 * HOUR;

    private final Ecr ecr = new Ecr(new World(new TagChanges(
            List.of(
                    change(BEGINS, "app", "1", Kind.START, "one", "amd64"),
                    change(BEGINS, "app", "2", Kind.START, "two", "amd64")),
            0)));

    @BeforeEach
    void bothAreOut() {
        ecr.change(0, Kind.START, 0);
        ecr.change(1, Kind.START, 1);
    }

    @Test
    void theIdealOneChecksEachImageEveryDayWhateverItsRank() {
        DailyRepull repull = new DailyRepull(ecr, 10, 0);
        pulled(repull, 0, 0, 1);
        assertEquals(FIVE, repull.wakes());
        repull.act(FIVE);
        pulled(repull, 1, 1);
        repull.act(FIVE + DAY);
        assertEquals(2, ecr.heads());
    }

    @Test
    void thePacedOneLeavesToOthersWhatRoseInRank() {
        PacedRepull repull = new PacedRepull(ecr, 10, 0);
        pulled(repull, 0, 0, 1);
        dayOf(repull, FIVE);
        pulled(repull, 1, 1);
        dayOf(repull, FIVE + DAY);
        assertEquals(1, ecr.heads(), "the second came first, two seconds too early for its check");
        assertEquals(FIVE + 2 * DAY, repull.wakes());
    }

    @Test
    void onlyTheMostPulledOfTheLastTwoWeeksCount() {
        MostPulled most = new MostPulled();
        most.pulled(7);
        for (int i = 0; i < 13; i++) {
            most.dayIsOver();
        }
        most.pulled(3);
        most.pulled(3);
        assertEquals(List.of(3, 7), most.best(2));
        assertEquals(List.of(3), most.best(1));
        most.dayIsOver();
        assertEquals(List.of(3), most.best(2));
    }

    private void pulled(Strategy strategy, int... tags) {
        for (int tag : tags) {
            strategy.pulled(tag, 0, Ecr.Outcome.FRESH);
        }
    }

    private static void dayOf(Strategy strategy, long time) {
        while (strategy.wakes() < time + DAY) {
            strategy.act(strategy.wakes());
        }
    }
}
