package dev.larder.functions.lookout;

import dev.larder.config.EnvironmentVariables;
import dev.larder.config.UpstreamSettings;
import dev.larder.config.UsageSettings;
import dev.larder.config.Warm;
import dev.larder.config.WarmSettings;
import dev.larder.domain.popularity.ForwardDecay;
import dev.larder.functions.AwsClients;
import dev.larder.functions.bus.EventBridgeBus;
import dev.larder.functions.ecr.EcrRuleValidator;
import dev.larder.functions.planning.DynamoDbSightings;
import dev.larder.functions.planning.PlannerWiring;
import dev.larder.functions.planning.UpstreamLooks;
import dev.larder.functions.registry.HttpUpstreamRegistries;
import dev.larder.functions.registry.SecretsManagerCredentials;
import dev.larder.functions.table.DynamoDbImageRecords;
import dev.larder.functions.table.Table;
import dev.larder.functions.upstream.DynamoDbRuleChecks;
import dev.larder.functions.upstream.DynamoDbUnfinishedLists;
import dev.larder.functions.upstream.DynamoDbUpstreamStates;
import dev.larder.functions.upstream.DynamoDbUpstreamTags;
import dev.larder.functions.upstream.UpstreamTags;
import dev.larder.functions.warm.Upstreams;
import java.time.InstantSource;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What {@link UpstreamLookout} is made of in an account. */
final class LookoutWiring {
    private LookoutWiring() {}

    static RuleValidation rules(Map<String, String> environment) {
        return new RuleValidation(
                UpstreamSettings.fromEnvironment(environment),
                new EcrRuleValidator(AwsClients.ecr()),
                new DynamoDbRuleChecks(
                        new Table(AwsClients.dynamoDb(), AwsClients.required(environment, EnvironmentVariables.TABLE))),
                new EventBridgeBus(
                        AwsClients.eventBridge(), AwsClients.required(environment, EnvironmentVariables.EVENT_BUS)));
    }

    static Looking looking(Map<String, String> environment, InstantSource clock) {
        DynamoDbClient dynamoDb = AwsClients.dynamoDb();
        String name = AwsClients.required(environment, EnvironmentVariables.TABLE);
        Table table = new Table(dynamoDb, name);
        Upstreams upstreams = new Upstreams(UpstreamSettings.fromEnvironment(environment));
        Warm warm = WarmSettings.fromEnvironment(environment);
        UpstreamTags tags = new DynamoDbUpstreamTags(table, clock);
        ForwardDecay decay =
                new ForwardDecay(UsageSettings.fromEnvironment(environment).halfLife());
        return new Looking(
                upstreams,
                new UpstreamLooks(
                        upstreams,
                        warm,
                        PlannerWiring.ports(table, new DynamoDbImageRecords(dynamoDb, name), warm, decay, clock),
                        tags),
                new HttpUpstreamRegistries(new SecretsManagerCredentials(AwsClients.secretsManager(), clock)),
                new DynamoDbUpstreamStates(table),
                tags,
                new DynamoDbUnfinishedLists(table, clock),
                new DynamoDbSightings(table, clock),
                clock);
    }
}
