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
    /** What all three do: something with the switch, and then tell how it stands. */
    abstract static class Step implements Callable<Integer> {
        @Mixin
        private CellOptions cell = new CellOptions();

        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        /** What comes before telling. */
        abstract void perform(OperatedCell operated);

        @Override
        public Integer call() throws InvalidConfigException {
            OperatedCell operated = cell.open();
            perform(operated);
            var out = spec.commandLine().getOut();
            out.println(text(operated.killSwitch()));
            out.flush();
            return 0;
        }

        private static String text(EvictionSwitch killSwitch) {
            return killSwitch
                    .off()
                    .orElseGet(() -> killSwitch
                            .state()
                            .map(state -> "the switch is on since " + state.at() + ", by " + state.by())
                            .orElse("the switch is on, and was never turned"));
        }
    }

    /** What turns it. */
    abstract static class Turn extends Step {
        @Option(
                names = "--by",
                paramLabel = "NAME",
                description = "who turns it (default: ${DEFAULT-VALUE})",
                defaultValue = "${sys:user.name}")
        private String by = "";

        final void turn(OperatedCell operated, boolean off, String reason) {
            operated.killSwitch().turn(new EvictionSwitch.State(off, by, reason, operated.now()));
        }
    }

    @Command(name = "off", mixinStandardHelpOptions = true, description = "Nothing is evicted until it is turned on.")
    static final class Off extends Turn {
        @Option(
                names = "--reason",
                paramLabel = "TEXT",
                required = true,
                description = "for those who find it off: status and runs show it")
        private String reason = "";

        @Override
        void perform(OperatedCell operated) {
            turn(operated, true, reason);
        }
    }

    @Command(name = "on", mixinStandardHelpOptions = true, description = "Sweeps may evict again.")
    static final class On extends Turn {
        @Override
        void perform(OperatedCell operated) {
            turn(operated, false, "");
        }
    }

    @Command(name = "status", mixinStandardHelpOptions = true, description = "How it stands, since when and by whom.")
    static final class Status extends Step {
        @Override
        void perform(OperatedCell operated) {
            // only told
        }
    }
}
