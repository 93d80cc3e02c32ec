package dev.larder.cli;

import dev.larder.cli.Groups.Group;
import dev.larder.config.InvalidConfigException;
import dev.larder.domain.usage.Teams;
import dev.larder.domain.usage.UsageRow;
import dev.larder.events.image.ImageReference;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "usage",
        mixinStandardHelpOptions = true,
        description = "The pulls of one image, of all images, or of a team, and what they rest on.",
        subcommands = UsageRebuildCommand.class)
final class UsageCommand implements Callable<Integer> {
    @Mixin
    private CellOptions cell = new CellOptions();

    @Parameters(
            paramLabel = "IMAGE",
            arity = "0..1",
            description = "repository:tag or repository@digest; without it, all images")
    private Optional<String> image = Optional.empty();

    @Option(
            names = "--since",
            paramLabel = "DAYS",
            description = "how far back, for instance 30d or 4w (default: 30d)",
            converter = Since.Converter.class,
            defaultValue = "30d")
    private Since since = new Since(30);

    @Option(names = "--team", paramLabel = "NAME", description = "only the pulls of a team in the file's usage.teams")
    private Optional<String> team = Optional.empty();

    @Option(names = "--by", paramLabel = "WHAT", description = "add up by ${COMPLETION-CANDIDATES}")
    private Optional<Grouping> by = Optional.empty();

    @Mixin
    private Output output = new Output();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws InvalidConfigException, IOException {
        if (image.isPresent() && (team.isPresent() || by.isPresent())) {
            throw wrong("--team and --by add up many images, and " + image.get() + " is one; leave one of them out");
        }
        Optional<ImageReference> one = image.map(ImageReference::parse);
        OperatedCell operated = cell.open();
        if (one.isPresent()) {
            show(operated, one.get());
        } else if (team.isPresent() || by.isPresent()) {
            add(operated);
        } else {
            List<ImagePulls> images = ImagePulls.of(rows(operated.usage()));
            output.print(images, (rows, out) -> out.print(ImagePulls.table(rows)), ImagePulls::fields);
        }
        return 0;
    }

    private void show(OperatedCell operated, ImageReference one) throws IOException {
        UsageRecord record = operated.usage();
        ImageUsage usage =
                new ImageUsageReading(record, new EcrWitness(operated.ecr())).of(one, since.from(operated.now()));
        output.print(
                List.of(usage),
                (rows, out) -> new ImageUsageView(usage, operated.now()).print(out),
                ImageUsageJson::fields);
    }

    private void add(OperatedCell operated) throws IOException {
        Map<String, List<String>> known = operated.config().usage().teams();
        team.ifPresent(name -> checkTeam(name, known));
        UsageRecord record = operated.usage();
        Groups groups = new Groups(new Teams(known), record::prefixOf);
        Map<LocalDate, List<UsageRow>> all = rows(record);
        Grouping grouping = by.orElse(Grouping.image);
        List<Group> found = groups.of(team.map(name -> groups.onlyOf(name, all)).orElse(all), grouping);
        GroupsView view = new GroupsView(grouping);
        output.print(found, (rows, out) -> out.print(view.table(rows)), view::fields);
    }

    private Map<LocalDate, List<UsageRow>> rows(UsageRecord record) {
        return record.rows(since.from(record.now()));
    }

    private void checkTeam(String name, Map<String, List<String>> teams) {
        List<String> known = new ArrayList<>(teams.keySet());
        known.add(Groups.NO_TEAM);
        if (!known.contains(name)) {
            throw wrong("there is no team '" + name + "' in the file's usage.teams; it has " + known);
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
