package dev.larder.cli;

import dev.larder.config.InvalidConfigException;
import dev.larder.config.Upstream;
import dev.larder.events.WarmReason;
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
        name = "warm",
        mixinStandardHelpOptions = true,
        description =
                "What would be warmed now, why and at what cost, and what is left out; orders and spends nothing.")
final class PlanWarmCommand implements Callable<Integer> {
    @Mixin
    private CellOptions cell = new CellOptions();

    @Option(
            names = "--reason",
            paramLabel = "REASON",
            description = "only images that are warmed for it: ${COMPLETION-CANDIDATES}",
            converter = Reasons.Converter.class,
            completionCandidates = Reasons.Words.class)
    private Optional<WarmReason> reason = Optional.empty();

    @Option(names = "--upstream", paramLabel = "PREFIX", description = "only this upstream of the file and its images")
    private Optional<String> upstream = Optional.empty();

    @Mixin
    private Output output = new Output();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws InvalidConfigException, IOException {
        OperatedCell operated = cell.open();
        List<String> known =
                operated.config().upstreams().stream().map(Upstream::prefix).toList();
        upstream.filter(prefix -> !known.contains(prefix)).ifPresent(prefix -> {
            throw new ParameterException(
                    spec.commandLine(), "there is no upstream '" + prefix + "' in the file; it has " + known);
        });
        WarmPlanReading.Shown shown = new WarmPlanReading(operated).of(new WarmPlanReading.Choice(reason, upstream));
        output.print(shown.lines(), (lines, out) -> new WarmPlanView(shown).print(out), WarmPlanLine::fields);
        return 0;
    }
}
