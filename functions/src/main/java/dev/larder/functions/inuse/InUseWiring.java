package dev.larder.functions.inuse;

import dev.larder.config.EnvironmentVariables;
import dev.larder.functions.AwsClients;
import dev.larder.functions.table.Table;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The sources that a function asks. */
public final class InUseWiring {
    /** Within one piece that does not ask upstreams for long, and a little longer. */
    private static final Duration REMEMBERED = Duration.ofMinutes(2);

    /** A third of a function's time. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private InUseWiring() {}

    /** All of them: ECS, Lambda, and what clusters report. */
    public static InUseSources of(Map<String, String> environment, Table table, InstantSource clock) {
        RegistryHosts hosts = hosts(environment);
        return remembering(
                new AllInUse(List.of(
                        new EcsInUse(AwsClients.ecs(), hosts, LONGEST, clock),
                        new LambdaInUse(AwsClients.lambda(), hosts))),
                new ReportedInUse(new DynamoDbReportedLists(table, clock), clock),
                clock);
    }

    /** What people report counts at once: it takes one query, and who reports an image was told that it is believed. */
    static InUseSources remembering(InUseSources services, InUseSources reported, InstantSource clock) {
        return new AllInUse(List.of(new RememberedInUse(services, REMEMBERED, clock), reported));
    }

    /** The cell's registry, as clients name it. */
    public static RegistryHosts hosts(Map<String, String> environment) {
        return RegistryHosts.of(
                AwsClients.required(environment, EnvironmentVariables.CELL),
                Arrays.stream(environment
                                .getOrDefault(EnvironmentVariables.REGISTRY_HOSTS, "")
                                .split(",", -1))
                        .filter(host -> !host.isEmpty())
                        .collect(Collectors.toSet()));
    }
}
