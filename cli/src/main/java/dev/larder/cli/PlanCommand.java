package dev.larder.cli;

import picocli.CommandLine.Command;

@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description = "What Larder decided to evict, or would warm now, and why.",
        subcommands = {PlanLifecycleCommand.class, PlanWarmCommand.class})
final class PlanCommand {}
