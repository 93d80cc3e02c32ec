package dev.larder.cli;

import java.util.ArrayList;
import java.util.List;

/** Rows under headings, in columns as wide as their widest cell; numbers stand right. */
final class TextTable {
    private final List<List<String>> rows = new ArrayList<>();

    TextTable(String... headings) {
        rows.add(List.of(headings));
    }

    void row(Object... cells) {
        rows.add(List.of(cells).stream().map(String::valueOf).toList());
    }

    @Override
    public String toString() {
        int columns = rows.getFirst().size();
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < columns; column++) {
                String cell = row.get(column);
                String padding = " ".repeat(width(column) - cell.length());
                line.append(column == 0 ? "" : "  ").append(rightAligned(column) ? padding + cell : cell + padding);
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }

    private boolean rightAligned(int column) {
        return rows.size() > 1
                && rows.stream().skip(1).allMatch(row -> row.get(column).matches("[\\d.,%]*( [KMGTPE]?i?B)?"));
    }
}
