package dev.larder.cli;

import dev.larder.config.InvalidConfigException;
import dev.larder.functions.lifecycle.Run;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "runs",
        mixinStandardHelpOptions = true,
        description = "What the lifecycle's sweeps did, the last first; or all that one of them did.")
final class RunsCommand implements Callable<Integer> {
    private static final List<String> HEADINGS =
            List.of("id", "startedAt", "phase", "enforce", "reduced", "counts", "bytes", "stopped");

    @Mixin
    private CellOptions cell = new CellOptions();

    @Option(names = "--top", paramLabel = "N", description = "how many (default: 20)", defaultValue = "20")
    private int top = 20;

    @Option(names = "--run", paramLabel = "ID", description = "what this one did with each image that it chose")
    private Optional<String> run = Optional.empty();

    @Mixin
    private Formats formats = new Formats();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws InvalidConfigException {
        if (top < 1) {
            throw new ParameterException(spec.commandLine(), "--top is " + top + "; expected at least 1");
        }
        OperatedCell operated = cell.open();
        PrintWriter out = spec.commandLine().getOut();
        if (run.isPresent()) {
            RunView.print(operated, run.get(), Optional.empty(), formats, out);
        } else {
            print(operated.runs().all().limit(top).toList(), formats, operated.now(), out);
        }
        out.flush();
        return 0;
    }

    static void print(List<Run> runs, Formats formats, Instant now, PrintWriter out) {
        if (formats.json()) {
            runs.forEach(each -> Formats.json(RunView.fields(each), out));
        } else if (formats.csv()) {
            out.println(String.join(",", HEADINGS));
            runs.forEach(each -> Formats.csv(HEADINGS, RunView.fields(each), out));
        } else {
            out.print(table(runs, now));
        }
    }

    private static TextTable table(List<Run> runs, Instant now) {
        TextTable table = new TextTable("RUN", "STARTED", "PHASE", "MODE", "IMAGES", "BYTES", "STOPPED");
        for (Run run : runs) {
            table.row(
                    run.id(),
                    Ages.of(Optional.of(run.startedAt()), now),
                    run.phase().text(),
                    RunView.mode(run),
                    RunView.counts(run),
                    Sizes.of(run.bytes()),
                    run.stopped().orElse(""));
        }
        return table;
    }
}
