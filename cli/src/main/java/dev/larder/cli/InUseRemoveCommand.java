package dev.larder.cli;

import dev.larder.config.InvalidConfigException;
import dev.larder.functions.inuse.ReportedLists;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "remove",
        mixinStandardHelpOptions = true,
        description = "Forgets the list of a cluster that is no more, or uses no image of this registry any more.")
final class InUseRemoveCommand implements Callable<Integer> {
    @Mixin
    private CellOptions cell = new CellOptions();

    @Option(names = "--cluster", required = true, paramLabel = "NAME", description = "whose list")
    private String cluster = "";

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws InvalidConfigException {
        remove(cell.open().reportedLists(), cluster);
        spec.commandLine().getOut().println("removed the list of " + cluster);
        return 0;
    }

    static void remove(ReportedLists lists, String cluster) {
        if (!lists.remove(cluster)) {
            throw new IllegalArgumentException("there is no list of '" + cluster + "'; there are lists of "
                    + lists.all().stream().map(list -> list.cluster()).toList());
        }
    }
}
