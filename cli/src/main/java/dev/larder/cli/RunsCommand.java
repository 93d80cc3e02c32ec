package dev.larder.cli;

import dev.larder.config.InvalidConfigException;
import dev.larder.functions.lifecycle.Run;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "runs",
        mixinStandardHelpOptions = true,
        description = "What the lifecycle's sweeps did, the last first.")
final class RunsCommand implements Callable<Integer> {
    @Mixin
    private CellOptions cell = new CellOptions();

    @Option(names = "--top", paramLabel = "N", description = "how many (default: 20)", defaultValue = "20")
    private int top = 20;

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() throws InvalidConfigException, IOException {
        OperatedCell operated = cell.open();
        List<Run> runs = operated.runs().all().limit(top).toList();
        output.print(runs, (rows, out) -> out.print(table(rows, operated.now())), RunsCommand::fields);
        return 0;
    }

    private static Map<String, Object> fields(Run run) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", run.id());
        fields.put("startedAt", run.startedAt().toString());
        fields.put("enforce", run.enforce());
        fields.put("counts", run.counts());
        fields.put("bytes", run.bytes());
        run.stopped().ifPresent(reason -> fields.put("stopped", reason));
        return fields;
    }

    private static TextTable table(List<Run> runs, Instant now) {
        TextTable table = new TextTable("RUN", "STARTED", "MODE", "VERDICTS", "BYTES", "STOPPED");
        for (Run run : runs) {
            table.row(
                    run.id(),
                    Ages.of(Optional.of(run.startedAt()), now),
                    run.enforce() ? "enforced" : "dry run",
                    run.counts(),
                    run.bytes(),
                    run.stopped().orElse(""));
        }
        return table;
    }
}
