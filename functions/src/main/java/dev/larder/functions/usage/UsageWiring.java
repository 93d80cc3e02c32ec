package dev.larder.functions.usage;

import dev.larder.config.EnvironmentVariables;
import dev.larder.config.Upstream;
import dev.larder.config.UpstreamSettings;
import dev.larder.config.Usage;
import dev.larder.config.UsageSettings;
import dev.larder.domain.usage.PullRules;
import dev.larder.functions.AwsClients;
import dev.larder.functions.table.Table;
import dev.larder.functions.warm.Upstreams;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What {@link UsageRecorder} is made of in an account. */
record UsageWiring(PullRules rules, UsageLog log, RecordState state) {
    static UsageWiring fromEnvironment(Map<String, String> environment) {
        List<Upstream> upstreams = UpstreamSettings.fromEnvironment(environment);
        Usage usage = UsageSettings.fromEnvironment(environment);
        Table table = new Table(AwsClients.dynamoDb(), AwsClients.required(environment, EnvironmentVariables.TABLE));
        return new UsageWiring(
                rules(upstreams, usage, AwsClients.required(environment, EnvironmentVariables.OWN_ROLES)),
                new DynamoDbUsageLog(table),
                new RecordState(table, new Upstreams(upstreams)));
    }

    private static PullRules rules(List<Upstream> upstreams, Usage usage, String ownRoles) {
        return new PullRules(
                upstreams.stream().map(Upstream::prefix).collect(Collectors.toSet()),
                Arrays.stream(ownRoles.split(",", -1))
                        .map(String::strip)
                        .filter(role -> !role.isEmpty())
                        .collect(Collectors.toSet()),
                Set.copyOf(usage.exclude()));
    }
}
