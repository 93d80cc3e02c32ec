package dev.larder.benchmarks.warming;

import dev.larder.domain.upstream.Share;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What an evaluation found.
 *
 * @param record of which changes, in words
 * @param seconds that it took
 */
record Report(
        String record,
        Options options,
        String demand,
        Table table,
        List<Goals.Goal> goals,
        Optional<Table> curve,
        Optional<Calibration> calibration,
        double seconds) {
    /** For people, in Markdown. */
    String text() {
        List<String> parts = new ArrayList<>();
        parts.add(record);
        parts.add("Demand: " + demand);
        parts.add("Larder: the top " + options.top() + " popular images, least worth " + options.leastWorth() + ", "
                + budget() + ".");
        parts.add(seeds());
        parts.add(table.markdown());
        parts.add(String.join("\n", Goals.lines(goals).toList()));
        curve.ifPresent(some -> parts.add(some.markdown()));
        calibration.ifPresent(some -> parts.add(some.markdown()));
        parts.add(String.format(Locale.ROOT, "Took %.1f seconds.", seconds));
        return String.join("\n\n", parts);
    }

    private String seeds() {
        long pulls = table.rounds().getFirst().alone().pulls();
        return options.seeds() == 1
                ? String.format(Locale.ROOT, "Seed %d: %,d pulls.", options.seed(), pulls)
                : String.format(
                        Locale.ROOT,
                        "Seeds %d to %d: the mean, and in brackets the worst; %,d pulls under the first.",
                        options.seed(),
                        options.seed() + options.seeds() - 1,
                        pulls);
    }

    private String budget() {
        return options.share().map(Report::inWords).orElse("without a limit of the upstream");
    }

    private static String inWords(Share share) {
        Duration per = share.per();
        return "at most " + share.pulls() + " counted pulls in any "
                + (per.toMinutesPart() == 0 ? per.toHours() + " hours" : per.toMinutes() + " minutes");
    }

    /** For programs. */
    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("record", record);
        fields.put("demand", demand);
        fields.put("top", options.top());
        fields.put("leastWorth", options.leastWorth());
        fields.put("budget", budget());
        fields.put("rounds", table.fields());
        fields.put(
                "goals",
                goals.stream()
                        .map(goal -> Map.of("goal", goal.text(), "met", goal.met()))
                        .toList());
        curve.ifPresent(some -> fields.put("curve", some.fields()));
        calibration.ifPresent(some -> fields.put("calibration", some.fields()));
        fields.put("seconds", seconds);
        return fields;
    }
}
