package dev.larder.config;

import java.util.List;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** {@code warm.cells}: which cells warm what is popular in another. */
final class WarmCells {
    private static final String SHAPE = "at least one cell as account/region, or the word same";

    private WarmCells() {}

    static List<String> bind(Entry entry, List<Cell> cells) {
        List<String> all = cells.stream().map(Cell::toString).toList();
        if (entry.node() instanceof ScalarNode) {
            return entry.text(WarmCells::word).filter("all"::equals).isPresent() ? all : List.of();
        }
        // a cell of the file that has a problem itself is not told a second time
        boolean known = entry.problems().all().stream()
                .noneMatch(problem -> problem.path().startsWith("cells"));
        return entry.atLeastOne(text -> cell(text, all, known), SHAPE);
    }

    private static String word(String text) {
        if (!text.equals("same") && !text.equals("all")) {
            throw new UnexpectedText("same, all, or a list of cells as account/region");
        }
        return text;
    }

    private static String cell(String text, List<String> all, boolean known) {
        if (!CellsBinder.isCell(text)) {
            throw new UnexpectedText("a cell as account/region, such as 111122223333/eu-central-1");
        }
        if (known && !all.contains(text)) {
            throw new UnexpectedText("a cell of this file: " + all.stream().collect(Collectors.joining(", ")));
        }
        return text;
    }
}
