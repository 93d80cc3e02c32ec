package dev.larder.cli;

import dev.larder.config.InvalidConfigException;
import dev.larder.functions.lifecycle.Run;
import dev.larder.functions.lifecycle.RunLine;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "lifecycle",
        mixinStandardHelpOptions = true,
        description = "What the last sweep decided about every image, with reason and evidence.")
final class PlanLifecycleCommand implements Callable<Integer> {
    @Mixin
    private CellOptions cell = new CellOptions();

    @Option(names = "--run", paramLabel = "ID", description = "another run than the last; ./larder runs lists them")
    private Optional<String> run = Optional.empty();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() throws InvalidConfigException, IOException {
        OperatedCell operated = cell.open();
        Optional<Run> chosen = run.isEmpty()
                ? operated.runs().last()
                : operated.runs()
                        .all()
                        .filter(candidate -> candidate.id().equals(run.get()))
                        .findFirst();
        if (chosen.isEmpty()) {
            throw new IllegalStateException(run.map(id -> "there is no run " + id + "; ./larder runs lists them")
                    .orElse("no lifecycle sweep has run yet; it runs on lifecycle.schedule"));
        }
        List<RunLine> lines = operated.runs().lines(chosen.get().id()).toList();
        output.print(
                lines, (rows, out) -> print(chosen.get(), rows, operated.now(), out), PlanLifecycleCommand::fields);
        return 0;
    }

    private static void print(Run run, List<RunLine> lines, Instant now, PrintWriter out) {
        out.println("run " + run.id() + ", " + Ages.of(Optional.of(run.startedAt()), now) + ", "
                + (run.enforce() ? "enforced" : "dry run: nothing is deleted until lifecycle.enforce is true"));
        for (RunLine.Outcome outcome : RunLine.Outcome.values()) {
            List<RunLine> those =
                    lines.stream().filter(line -> line.outcome() == outcome).toList();
            if (!those.isEmpty()) {
                out.println();
                out.println(outcome.text() + ": " + those.size() + " images, "
                        + those.stream()
                                .mapToLong(line -> line.sizeBytes().orElse(0))
                                .sum() + " bytes");
                out.print(table(those));
            }
        }
        run.stopped().ifPresent(reason -> out.println("\nstopped early: " + reason));
    }

    private static TextTable table(List<RunLine> lines) {
        TextTable table = new TextTable("IMAGE", "TAGS", "BYTES", "REASON", "EVIDENCE");
        for (RunLine line : lines) {
            table.row(
                    line.repository() + "@" + line.digest().hex().substring(0, 12),
                    line.tags().stream().map(Object::toString).collect(Collectors.joining(" ")),
                    line.sizeBytes().isPresent()
                            ? String.valueOf(line.sizeBytes().getAsLong())
                            : "?",
                    line.reason(),
                    String.join("; ", line.evidence()));
        }
        return table;
    }

    private static Map<String, Object> fields(RunLine line) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("image", line.image());
        fields.put("tags", line.tags().stream().map(Object::toString).toList());
        line.sizeBytes().ifPresent(bytes -> fields.put("bytes", bytes));
        fields.put("verdict", line.outcome().text());
        fields.put("reason", line.reason());
        fields.put("evidence", line.evidence());
        return fields;
    }
}
