package dev.larder.local;

import dev.larder.local.demo.DemoCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The local cloud's command line. */
@Command(
        name = "larder-local",
        description = "An AWS that fits in one JVM: deploys synthesized templates and runs the functions.",
        mixinStandardHelpOptions = true,
        subcommands = {UpCommand.class, DemoCommand.class, ClockCommand.class})
public final class Main {
    /** Picocli makes it. */
    Main() {}

    /** Runs a command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** The command line, for a program that has it as a part. */
    public static CommandLine commandLine() {
        CommandLine commands = new CommandLine(new Main());
        commands.setExecutionExceptionHandler((exception, command, result) -> fail(exception, command));
        return commands;
    }

    private static int fail(Exception exception, CommandLine command) throws Exception {
        if (!(exception instanceof IOException) && !(exception instanceof UncheckedIOException)) {
            throw exception;
        }
        PrintWriter err = command.getErr();
        err.println(Optional.ofNullable(exception.getMessage()).orElse(exception.toString()));
        err.flush();
        return CommandLine.ExitCode.SOFTWARE;
    }
}
