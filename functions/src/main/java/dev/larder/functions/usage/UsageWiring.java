package dev.larder.functions.usage;

import dev.larder.config.EnvironmentVariables;
import dev.larder.config.Upstream;
import dev.larder.config.UpstreamSettings;
import dev.larder.config.Usage;
import dev.larder.config.UsageSettings;
import dev.larder.domain.popularity.ForwardDecay;
import dev.larder.domain.usage.PullRules;
import dev.larder.functions.AwsClients;
import dev.larder.functions.table.DynamoDbImageRecords;
import dev.larder.functions.table.ImageRecords;
import dev.larder.functions.table.Table;
import dev.larder.functions.warm.Upstreams;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What {@link UsageRecorder} is made of in an account. */
record UsageWiring(PullRules rules, ImageRecords images, PullRecording recording) {
    static UsageWiring fromEnvironment(Map<String, String> environment) {
        List<Upstream> upstreams = UpstreamSettings.fromEnvironment(environment);
        Upstreams prefixes = new Upstreams(upstreams);
        Usage usage = UsageSettings.fromEnvironment(environment);
        DynamoDbClient dynamoDb = AwsClients.dynamoDb();
        String name = AwsClients.required(environment, EnvironmentVariables.TABLE);
        Table table = new Table(dynamoDb, name);
        return new UsageWiring(
                rules(upstreams, usage, AwsClients.required(environment, EnvironmentVariables.OWN_ROLES)),
                new DynamoDbImageRecords(dynamoDb, name),
                new PullRecording(
                        new DynamoDbUsageRecords(table),
                        new DynamoDbTallies(
                                table, repository -> prefixes.of(repository).map(Upstream::prefix)),
                        new ForwardDecay(usage.halfLife())));
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
