package dev.larder.cli;

import dev.larder.config.InvalidConfigException;
import dev.larder.functions.sweep.EvictionSwitch;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "eviction",
        mixinStandardHelpOptions = true,
        description =
                "The kill switch: off stops every deletion from the next call on, also of a run that is going on.",
        subcommands = {EvictionCommand.Off.class, EvictionCommand.On.class, EvictionCommand.Status.class})
final class EvictionCommand {
    private static String text(OperatedCell cell) {
        EvictionSwitch killSwitch = cell.killSwitch();
        return killSwitch
                .off()
                .orElseGet(() -> killSwitch
                        .state()
                        .map(state -> "the switch is on since " + state.at() + ", by " + state.by())
                        .orElse("the switch is on, and was never turned"));
    }

    private static void turn(OperatedCell cell, boolean off, String by, String reason, CommandSpec spec) {
        cell.killSwitch().turn(new EvictionSwitch.State(off, by, reason, cell.now()));
        tell(cell, spec);
    }

    private static void tell(OperatedCell cell, CommandSpec spec) {
        var out = spec.commandLine().getOut();
        out.println(text(cell));
        out.flush();
    }

    @Command(name = "off", mixinStandardHelpOptions = true, description = "Nothing is evicted until it is turned on.")
    static final class Off implements Callable<Integer> {
        @Mixin
        private CellOptions cell = new CellOptions();

        @Option(
                names = "--reason",
                paramLabel = "TEXT",
                required = true,
                description = "for those who find it off: status and runs show it")
        private String reason = "";

        @Option(
                names = "--by",
                paramLabel = "NAME",
                description = "who turns it (default: ${DEFAULT-VALUE})",
                defaultValue = "${sys:user.name}")
        private String by = "";

        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        @Override
        public Integer call() throws InvalidConfigException {
            turn(cell.open(), true, by, reason, spec);
            return 0;
        }
    }

    @Command(name = "on", mixinStandardHelpOptions = true, description = "Sweeps may evict again.")
    static final class On implements Callable<Integer> {
        @Mixin
        private CellOptions cell = new CellOptions();

        @Option(
                names = "--by",
                paramLabel = "NAME",
                description = "who turns it (default: ${DEFAULT-VALUE})",
                defaultValue = "${sys:user.name}")
        private String by = "";

        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        @Override
        public Integer call() throws InvalidConfigException {
            turn(cell.open(), false, by, "", spec);
            return 0;
        }
    }

    @Command(name = "status", mixinStandardHelpOptions = true, description = "How it stands, since when and by whom.")
    static final class Status implements Callable<Integer> {
        @Mixin
        private CellOptions cell = new CellOptions();

        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        @Override
        public Integer call() throws InvalidConfigException {
            tell(cell.open(), spec);
            return 0;
        }
    }
}
