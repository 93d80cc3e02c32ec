package dev.larder.benchmarks.warming;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Scores as a table in Markdown. */
final class Evaluation {
    private Evaluation() {}

    static String table(List<Score> scores) {
        Score alone = scores.getFirst();
        List<String> lines = new ArrayList<>();
        lines.add("| strategy | cold pulls | fewer | of them imports | stale-served | upstream requests | counted by"
                + " Docker Hub | imported | never pulled |");
        lines.add("|---|---:|---:|---:|---:|---:|---:|---:|---:|");
        for (Score score : scores) {
            lines.add(String.format(
                    Locale.ROOT,
                    "| %s | %,d | %.1f %% | %,d | %,d | %,d | %,d | %s | %s |",
                    score.name(),
                    score.cold(),
                    100.0 * (alone.cold() - score.cold()) / alone.cold(),
                    score.imports(),
                    score.outdated(),
                    score.requests(),
                    score.counted(),
                    gigabytes(score.bytes()),
                    gigabytes(score.wasted())));
        }
        return String.join("\n", lines);
    }

    private static String gigabytes(long bytes) {
        return String.format(Locale.ROOT, "%,.0f GB", bytes / 1e9);
    }
}
