package dev.larder.cli;

import picocli.CommandLine.Command;

@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description = "What Larder would evict or warm now, and why.",
        subcommands = {PlanLifecycleCommand.class, PlanWarmCommand.class})
final class PlanCommand {}
