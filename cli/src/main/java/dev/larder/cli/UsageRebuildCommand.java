package dev.larder.cli;

import dev.larder.config.InvalidConfigException;
import dev.larder.functions.usage.Figures.ImageFigures;
import dev.larder.functions.usage.UsageRebuild.Change;
import dev.larder.functions.usage.UsageRebuild.Rebuilt;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "rebuild",
        mixinStandardHelpOptions = true,
        description = "Computes the figures of all images again, from what is kept of each day.")
final class UsageRebuildCommand implements Callable<Integer> {
    @Mixin
    private CellOptions cell = new CellOptions();

    @Option(names = "--dry-run", description = "only say what would change")
    private boolean dryRun;

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() throws InvalidConfigException, IOException {
        UsageRecord record = cell.open().usage();
        Rebuilt rebuilt = dryRun ? record.rebuild().compare() : record.rebuild().rebuild();
        output.print(
                rebuilt.changes(),
                (changes, out) -> {
                    if (!changes.isEmpty()) {
                        out.println(table(rebuilt));
                    }
                    out.println(changes.size() + " of " + rebuilt.images() + " images "
                            + (dryRun ? "would change" : "changed"));
                },
                UsageRebuildCommand::fields);
        return 0;
    }

    private static TextTable table(Rebuilt rebuilt) {
        TextTable table = new TextTable("IMAGE", "PULLS", "COLD", "SCORE", "POPULARITY");
        for (Change change : rebuilt.changes()) {
            table.row(
                    change.image(),
                    arrow(change.from().pulls(), change.to().pulls()),
                    arrow(change.from().coldPulls(), change.to().coldPulls()),
                    arrow(score(change.from().score()), score(change.to().score())),
                    arrow(score(change.ranked()), score(change.popularity())));
        }
        return table;
    }

    private static String arrow(Object from, Object to) {
        return from.equals(to) ? from.toString() : from + " -> " + to;
    }

    private static String score(OptionalDouble score) {
        return score.isEmpty() ? "none" : String.format(Locale.ROOT, "%.3f", score.getAsDouble());
    }

    private static Map<String, Object> fields(Change change) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("image", change.image().toString());
        fields.put("from", fields(change.from(), change.ranked()));
        fields.put("to", fields(change.to(), change.popularity()));
        return fields;
    }

    private static Map<String, Object> fields(ImageFigures figures, OptionalDouble popularity) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("pulls", figures.pulls());
        fields.put("coldPulls", figures.coldPulls());
        figures.score().ifPresent(score -> fields.put("score", score));
        popularity.ifPresent(rank -> fields.put("popularity", rank));
        return fields;
    }
}
