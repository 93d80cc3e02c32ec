package dev.larder.cli;

import picocli.CommandLine.Command;

@Command(
        name = "in-use",
        mixinStandardHelpOptions = true,
        description = "The images that clusters report to be in use: none of them is evicted.",
        subcommands = {InUsePutCommand.class, InUseListCommand.class, InUseRemoveCommand.class})
final class InUseCommand {}
