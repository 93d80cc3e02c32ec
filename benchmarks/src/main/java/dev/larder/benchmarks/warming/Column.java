package dev.larder.benchmarks.warming;

import java.util.Locale;
import java.util.function.ToDoubleBiFunction;

/** A figure of a table. */
enum Column {
    COLD("cold pulls", "coldPulls", "%,.0f", false, (score, round) -> score.cold()),
    FEWER(
            "fewer",
            "fewerPercent",
            "%.1f %%",
            true,
            (score, round) ->
                    percent(round.alone().cold() - score.cold(), round.alone().cold())),
    IMPORTS("of them imports", "coldImports", "%,.0f", false, (score, round) -> score.imports()),
    OUTDATED("stale-served", "staleServed", "%,.0f", false, (score, round) -> score.outdated()),
    REQUESTS("upstream requests", "upstreamRequests", "%,.0f", false, (score, round) -> score.requests()),
    COUNTED("counted by Docker Hub", "countedByDockerHub", "%,.0f", false, (score, round) -> score.counted()),
    BYTES("imported", "gigabytesImported", "%,.0f GB", false, (score, round) -> score.bytes() / 1e9),
    OF_ORACLE(
            "of the oracle's",
            "timesTheOraclesBytes",
            "%.2f",
            false,
            (score, round) -> ratio(score.bytes(), round.oracle().bytes())),
    WASTED("never pulled", "gigabytesNeverPulled", "%,.0f GB", false, (score, round) -> score.wasted() / 1e9);

    private final String title;
    private final String key;
    private final String format;
    private final boolean moreIsBetter;
    private final ToDoubleBiFunction<Score, Round> figure;

    Column(String title, String key, String format, boolean moreIsBetter, ToDoubleBiFunction<Score, Round> figure) {
        this.title = title;
        this.key = key;
        this.format = format;
        this.moreIsBetter = moreIsBetter;
        this.figure = figure;
    }

    /** For people. */
    String title() {
        return title;
    }

    /** For programs. */
    String key() {
        return key;
    }

    /** The figure of one that took part. */
    double of(Score score, Round round) {
        return figure.applyAsDouble(score, round);
    }

    /** The figure as text. */
    String text(double value) {
        return String.format(Locale.ROOT, format, value);
    }

    /** The worse of two. */
    double worse(double one, double other) {
        return moreIsBetter ? Math.min(one, other) : Math.max(one, other);
    }

    private static double percent(double part, double whole) {
        return whole == 0 ? 0 : 100 * part / whole;
    }

    private static double ratio(double one, double other) {
        return other == 0 ? 1 : one / other;
    }
}
