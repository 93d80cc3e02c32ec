package dev.larder.cli;

import dev.larder.config.InvalidConfigException;
import dev.larder.domain.image.Glob;
import java.io.PrintWriter;
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
        name = "lifecycle",
        mixinStandardHelpOptions = true,
        description =
                "What a sweep would let go now, with reason and evidence, and what each guard spares; deletes and writes"
                        + " nothing.",
        footer = {
            "",
            "A row of --csv is of the kind evict (goes now), later (a limit leaves it to a later run), spared (the column"
                    + " guard says by what), drift (a setting of a repository that is not as the file wants it) or"
                    + " left-out (a repository that could not be read). Quotas, money and totals are in the text and in"
                    + " --json."
        })
final class PlanLifecycleCommand implements Callable<Integer> {
    @Mixin
    private CellOptions cell = new CellOptions();

    @Option(
            names = "--rule",
            paramLabel = "MATCH",
            description = "only what this rule or quota of the file is about; ** is what holds everywhere else")
    private Optional<String> rule = Optional.empty();

    @Option(
            names = "--repository",
            paramLabel = "GLOB",
            description = "only repositories that match: * stops at a slash, ** does not")
    private Optional<String> repository = Optional.empty();

    @Option(names = "--all", description = "also each image that a guard spares; --json and --csv have them anyway")
    private boolean all;

    @Option(
            names = "--run",
            paramLabel = "ID",
            description = "what that run did with each image that it chose; ./larder runs lists them")
    private Optional<String> run = Optional.empty();

    @Mixin
    private Formats formats = new Formats();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws InvalidConfigException {
        if (run.isPresent() && (rule.isPresent() || all)) {
            throw new ParameterException(
                    spec.commandLine(), "--run is about a run that was; --rule and --all are about a plan");
        }
        OperatedCell operated = cell.open();
        PrintWriter out = spec.commandLine().getOut();
        Optional<Glob> glob = repository.map(Glob::new);
        if (run.isPresent()) {
            RunView.print(operated, run.get(), glob, formats, out);
        } else {
            plan(operated, new LifecyclePlanReading.Choice(rule, glob), out);
        }
        out.flush();
        return 0;
    }

    private void plan(OperatedCell operated, LifecyclePlanReading.Choice choice, PrintWriter out) {
        LifecyclePlanReading reading = new LifecyclePlanReading(operated);
        List<String> known = reading.rules();
        rule.filter(match -> !known.contains(match)).ifPresent(match -> {
            throw new ParameterException(
                    spec.commandLine(), "there is no rule or quota '" + match + "' in the file; it has " + known);
        });
        reading.read(
                choice,
                formats.json() || formats.csv()
                        ? new LifecyclePlanPrograms(formats.csv(), out)
                        : new LifecyclePlanView(all, operated.now(), out));
    }
}
