package dev.larder.benchmarks.warming;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Rounds as a table: one line for each that took part, with the mean over all seeds and the worst of them. */
record Table(List<Round> rounds) {
    /** Copies the list. */
    Table {
        rounds = List.copyOf(rounds);
    }

    /** In Markdown; of several seeds the worst in brackets. */
    String markdown() {
        List<String> lines = new ArrayList<>();
        lines.add(Arrays.stream(Column.values())
                .map(Column::title)
                .collect(Collectors.joining(" | ", "| strategy | ", " |")));
        lines.add("|---|" + "---:|".repeat(Column.values().length));
        List<Score> named = rounds.getFirst().scores();
        for (int i = 0; i < named.size(); i++) {
            int row = i;
            lines.add(Arrays.stream(Column.values())
                    .map(column -> cell(column, row))
                    .collect(Collectors.joining(" | ", "| " + named.get(i).name() + " | ", " |")));
        }
        return String.join("\n", lines);
    }

    private String cell(Column column, int row) {
        String mean = column.text(mean(column, row));
        return rounds.size() == 1 ? mean : mean + " (" + column.text(worst(column, row)) + ")";
    }

    double mean(Column column, int row) {
        return rounds.stream()
                .mapToDouble(round -> figure(column, row, round))
                .average()
                .orElseThrow();
    }

    double worst(Column column, int row) {
        return rounds.stream()
                .mapToDouble(round -> figure(column, row, round))
                .reduce(column::worse)
                .orElseThrow();
    }

    private static double figure(Column column, int row, Round round) {
        return column.of(round.scores().get(row), round);
    }

    /** Round by round, for programs. */
    List<Map<String, Object>> fields() {
        return rounds.stream()
                .map(round -> Map.<String, Object>of(
                        "seed",
                        round.seed(),
                        "strategies",
                        round.scores().stream()
                                .map(score -> fields(score, round))
                                .toList()))
                .toList();
    }

    private static Map<String, Object> fields(Score score, Round round) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("strategy", score.name());
        fields.put("pulls", score.pulls());
        for (Column column : Column.values()) {
            fields.put(column.key(), column.of(score, round));
        }
        return fields;
    }
}
