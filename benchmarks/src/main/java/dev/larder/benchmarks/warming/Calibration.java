package dev.larder.benchmarks.warming;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Whether the chance of a pull within a day, by which Larder decides, comes true: by tenths of that chance. */
final class Calibration {
    private static final int BINS = 10;
    private static final long DAY = 86_400;

    private record Prediction(long at, int bin) {}

    /**
     * One tenth.
     *
     * @param said the sum of the chances
     * @param came so many were pulled within a day
     */
    record Bin(long checks, double said, long came) {
        /** A sum for each check. */
        double each(double sum) {
            return checks == 0 ? 0 : sum / checks;
        }

        Bin plus(Bin other) {
            return new Bin(checks + other.checks, said + other.said, came + other.came);
        }
    }

    private final List<Bin> bins = new ArrayList<>();
    private final Map<Integer, Prediction> open = new HashMap<>();

    Calibration() {
        for (int i = 0; i < BINS; i++) {
            bins.add(new Bin(0, 0, 0));
        }
    }

    /** Larder checks a tag since it will be pulled within a day with this chance. */
    void predicts(int tag, double chance, long now) {
        int bin = (int) Math.min(BINS - 1, chance * BINS);
        bins.set(bin, bins.get(bin).plus(new Bin(1, chance, 0)));
        open.put(tag, new Prediction(now, bin));
    }

    /** A client pulled a tag. */
    void pulled(int tag, long time) {
        Prediction prediction = open.remove(tag);
        if (prediction != null && time < prediction.at() + DAY) {
            bins.set(prediction.bin(), bins.get(prediction.bin()).plus(new Bin(0, 0, 1)));
        }
    }

    /** Takes in those of another run. */
    void add(Calibration other) {
        for (int i = 0; i < BINS; i++) {
            bins.set(i, bins.get(i).plus(other.bins.get(i)));
        }
    }

    /** By the chance, the smallest first. */
    List<Bin> bins() {
        return List.copyOf(bins);
    }

    /** In Markdown. */
    String markdown() {
        List<String> lines = new ArrayList<>();
        lines.add("| chance of a pull within a day | checks | said, on average | came |");
        lines.add("|---|---:|---:|---:|");
        for (int i = 0; i < BINS; i++) {
            Bin bin = bins.get(i);
            lines.add(String.format(
                    Locale.ROOT,
                    "| %.1f to %.1f | %,d | %.2f | %.2f |",
                    (double) i / BINS,
                    (i + 1.0) / BINS,
                    bin.checks(),
                    bin.each(bin.said()),
                    bin.each(bin.came())));
        }
        return String.join("\n", lines);
    }

    /** For programs. */
    List<Map<String, Object>> fields() {
        return bins.stream()
                .map(bin -> Map.<String, Object>of(
                        "checks", bin.checks(), "said", bin.each(bin.said()), "came", bin.each(bin.came())))
                .toList();
    }
}
