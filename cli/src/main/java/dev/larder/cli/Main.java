package dev.larder.cli;

import dev.larder.config.InvalidConfigException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import software.amazon.awssdk.core.exception.SdkException;

/** The operator's commands: {@code larder COMMAND}. */
@Command(
        name = "larder",
        mixinStandardHelpOptions = true,
        description = "Looks at a cell's record and acts on it.",
        subcommands = {
            StatusCommand.class,
            TopCommand.class,
            UsageCommand.class,
            WarmCommand.class,
            PlanCommand.class,
            ExplainCommand.class,
            RunsCommand.class,
            EvictionCommand.class,
            UndoCommand.class,
            InUseCommand.class,
            RedriveCommand.class
        })
public final class Main {
    private Main() {}

    /** Runs one command and exits with 0, with 1 when it failed, or with 2 when it was called wrongly. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main()).setExecutionExceptionHandler((failure, command, parsed) -> {
            command.getErr().println(command.getColorScheme().errorText("larder: " + explain(failure)));
            return 1;
        });
    }

    private static String explain(Exception failure) {
        return switch (failure) {
            case InvalidConfigException invalid -> String.valueOf(invalid.getMessage());
            case SdkException aws ->
                "AWS did not answer as hoped: " + aws.getMessage()
                        + "\nCheck credentials, region and --cell; for the local cloud add --local while ./larder up runs.";
            default -> String.valueOf(failure.getMessage());
        };
    }
}
