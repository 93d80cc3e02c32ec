package dev.larder.benchmarks.warming;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Some repositories for 60 days, so that a planner that got worse is seen without the record of a year. */
class EvaluationTest {
    private static Evaluation evaluation;
    private static Table table;

    @BeforeAll
    static void evaluate() {
        evaluation = evaluation();
        table = evaluation.table();
    }

    private static Evaluation evaluation() {
        return new Evaluation(
                Worlds.releasing(20, 60), Options.parse(List.of("made-up", "--seeds", "2", "--workloads", "150")));
    }

    @Test
    void nobodyIsPerfectButTheOracle() {
        for (Round round : table.rounds()) {
            assertEquals(0, round.oracle().cold());
            assertEquals(0, round.oracle().wasted());
            for (Score score : round.scores()) {
                assertTrue(round.oracle().bytes() <= score.bytes(), score.toString());
                assertTrue(round.oracle().requests() <= score.requests(), score.toString());
                assertEquals(round.alone().pulls(), score.pulls());
            }
        }
    }

    @Test
    void larderReachesItsGoals() {
        List<Goals.Goal> goals = Goals.of(table, Evaluation.REPULL, Evaluation.LARDER);
        assertEquals(3, goals.size());
        assertTrue(goals.stream().allMatch(Goals.Goal::met), goals + "\n" + table.markdown());
    }

    @Test
    void theChancesByWhichLarderDecidesComeTrue() {
        long checks = 0;
        for (Calibration.Bin bin : evaluation.calibration().bins()) {
            checks += bin.checks();
            if (bin.checks() > 500) {
                assertEquals(
                        bin.each(bin.said()),
                        bin.each(bin.came()),
                        0.12,
                        evaluation.calibration().markdown());
            }
        }
        assertTrue(checks > 1000, checks + " checks");
    }

    @Test
    void aSecondEvaluationFindsTheSame() {
        assertEquals(table.rounds(), evaluation().table().rounds());
    }

    @Test
    void aTableHasTheMeanAndTheWorst() {
        Score alone = new Score("ECR alone", 100, 50, 1, 0, 10, 5, 2_000_000_000L, 0);
        Table two = new Table(List.of(
                new Round(1, List.of(alone, scored(10), scored(0))),
                new Round(2, List.of(alone, scored(20), scored(0)))));
        assertTrue(two.markdown().contains("| Larder | 15 (20) | 70.0 % (60.0 %) |"), two.markdown());
    }

    private static Score scored(int cold) {
        return new Score("Larder", 100, cold, 1, 0, 10, 5, 2_000_000_000L, 0);
    }
}
