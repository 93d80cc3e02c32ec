package dev.larder.benchmarks.warming;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What Larder has to reach, under each seed. */
final class Goals {
    private static final double FEWER_PERCENT = 90;
    private static final double TIMES_THE_ORACLES_BYTES = 1.5;

    private Goals() {}

    /** A goal, and whether it was reached. */
    record Goal(String text, boolean met) {}

    /**
     * All of them.
     *
     * @param repull the daily re-pull's row
     * @param larder Larder's row
     */
    static List<Goal> of(Table table, int repull, int larder) {
        double fewer = table.worst(Column.FEWER, larder);
        double bytes = table.worst(Column.OF_ORACLE, larder);
        double requests = table.rounds().stream()
                .mapToDouble(round -> (double) round.scores().get(larder).requests()
                        / round.scores().get(repull).requests())
                .max()
                .orElseThrow();
        return List.of(
                goal(
                        "cold pulls: %.1f %% fewer than with ECR alone; at least %.0f %%",
                        fewer, FEWER_PERCENT, fewer >= FEWER_PERCENT),
                goal(
                        "bytes: %.2f times the oracle's; at most %.1f",
                        bytes, TIMES_THE_ORACLES_BYTES, bytes <= TIMES_THE_ORACLES_BYTES),
                goal("requests: %.2f times the daily re-pull's; at most %.0f", requests, 1, requests <= 1));
    }

    private static Goal goal(String text, double is, double limit, boolean met) {
        return new Goal(String.format(Locale.ROOT, text, is, limit), met);
    }

    /** For people. */
    static Stream<String> lines(List<Goal> goals) {
        return goals.stream().map(goal -> (goal.met() ? "met:    " : "MISSED: ") + goal.text());
    }
}
