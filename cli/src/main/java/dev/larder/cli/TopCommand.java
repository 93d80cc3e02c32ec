package dev.larder.cli;

import dev.larder.config.InvalidConfigException;
import dev.larder.functions.usage.RecordState;
import java.io.IOException;
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
        name = "top",
        mixinStandardHelpOptions = true,
        description = "The images that are pulled most, old pulls weighing less; or most over some days.")
final class TopCommand implements Callable<Integer> {
    private static final Since MONTH = new Since(30);

    @Mixin
    private CellOptions cell = new CellOptions();

    @Option(
            names = "--by",
            paramLabel = "WHAT",
            description =
                    "${COMPLETION-CANDIDATES} (default: pulls). bytes and cold are of the last 30 days, or --since",
            defaultValue = "pulls")
    private Ranking by = Ranking.pulls;

    @Option(
            names = "--since",
            paramLabel = "DAYS",
            description = "count the pulls of these days only, all alike; for instance 30d or 4w",
            converter = Since.Converter.class)
    private Optional<Since> since = Optional.empty();

    @Option(names = "--top", paramLabel = "N", description = "how many (default: 20)", defaultValue = "20")
    private int top = 20;

    @Mixin
    private Output output = new Output();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws InvalidConfigException, IOException {
        if (top < 1) {
            throw new ParameterException(spec.commandLine(), "--top is " + top + "; expected at least 1");
        }
        OperatedCell operated = cell.open();
        UsageRecord record = operated.usage();
        Optional<RecordState.Trail> missing = record.state().trail().filter(RecordState.Trail::isMissing);
        boolean popular = since.isEmpty() && by == Ranking.pulls;
        missing.ifPresent(trail -> warn(trail, popular));
        if (missing.isPresent() && popular) {
            EcrPulls pulls = new EcrPulls(
                    operated.inventory(),
                    repository -> record.prefixOf(repository).isPresent());
            output.print(
                    pulls.last(top),
                    (rows, out) -> out.print(EcrPulls.table(rows, operated.now())),
                    EcrPulls.Seen::fields);
            return 0;
        }
        TopReading reading = new TopReading(record, operated.config().upstreams());
        List<TopRow> rows = popular
                ? reading.popular(top)
                : reading.since(since.orElse(MONTH).from(operated.now()), by, top);
        output.print(rows, (shown, out) -> out.print(TopRow.table(shown, operated.now())), TopRow::fields);
        return 0;
    }

    /** On the other stream, so that JSON stays JSON. */
    private void warn(RecordState.Trail trail, boolean byEcr) {
        var err = spec.commandLine().getErr();
        err.println("NO PULL IS RECORDED: " + trail.detail());
        err.println(
                byEcr
                        ? "Shown is ECR's own time of each image's last pull instead: no counts, a day exact, refreshed by"
                                + " any scanner. What was recorded before: ./larder top --since 30d"
                        : "Shown is what was recorded while there was a trail.");
        err.flush();
    }
}
