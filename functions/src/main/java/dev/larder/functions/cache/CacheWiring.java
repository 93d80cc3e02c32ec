package dev.larder.functions.cache;

import dev.larder.config.EnvironmentVariables;
import dev.larder.config.UpstreamSettings;
import dev.larder.config.WarmSettings;
import dev.larder.events.image.Platform;
import dev.larder.functions.AwsClients;
import dev.larder.functions.bus.SqsWarmOrders;
import dev.larder.functions.desired.Guards;
import dev.larder.functions.desired.NewRepositories;
import dev.larder.functions.desired.ReconciledRepositories;
import dev.larder.functions.desired.RepositoryReconciliation;
import dev.larder.functions.ecr.EcrRepositorySettings;
import dev.larder.functions.ecr.RepositorySettings;
import dev.larder.functions.planning.DynamoDbElsewhere;
import dev.larder.functions.planning.Elsewhere;
import dev.larder.functions.sweep.EvictionSwitch;
import dev.larder.functions.sweep.LifecycleQueue;
import dev.larder.functions.sweep.SqsLifecycleQueue;
import dev.larder.functions.table.DynamoDbImageRecords;
import dev.larder.functions.table.ImageRecords;
import dev.larder.functions.table.Table;
import dev.larder.functions.upstream.DynamoDbUpstreamStates;
import dev.larder.functions.upstream.UpstreamHealth;
import dev.larder.functions.usage.DynamoDbUsageLog;
import dev.larder.functions.warm.DynamoDbWarmLeases;
import dev.larder.functions.warm.Pause;
import dev.larder.functions.warm.Upstreams;
import dev.larder.functions.warm.WarmLeases;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What {@link CacheEventHandler} is made of in an account. */
record CacheWiring(
        Upstreams upstreams,
        ImageRecords images,
        WarmLeases leases,
        Imports imports,
        Elsewhere elsewhere,
        NewRepositories repositories) {
    static CacheWiring fromEnvironment(Map<String, String> environment) {
        DynamoDbClient dynamoDb = AwsClients.dynamoDb();
        String name = AwsClients.required(environment, EnvironmentVariables.TABLE);
        Table table = new Table(dynamoDb, name);
        Upstreams upstreams = new Upstreams(UpstreamSettings.fromEnvironment(environment));
        ImageRecords images = new DynamoDbImageRecords(dynamoDb, name);
        List<Platform> platforms = WarmSettings.fromEnvironment(environment).platforms().stream()
                .map(Platform::parse)
                .toList();
        WarmLeases leases = new DynamoDbWarmLeases(table);
        Imports imports = new Imports(
                images,
                new Trips(new DynamoDbUsageLog(table), InstantSource.system()),
                leases,
                new UpstreamHealth(new DynamoDbUpstreamStates(table)),
                new SqsWarmOrders(
                        AwsClients.sqs(), AwsClients.required(environment, EnvironmentVariables.WARM_ORDERS_QUEUE_URL)),
                platforms);
        return new CacheWiring(
                upstreams,
                images,
                leases,
                imports,
                new DynamoDbElsewhere(table),
                repositories(
                        table,
                        new EcrRepositorySettings(AwsClients.ecr()),
                        new SqsLifecycleQueue(
                                AwsClients.sqs(),
                                AwsClients.required(environment, EnvironmentVariables.LIFECYCLE_WORK_QUEUE_URL)),
                        InstantSource.system()));
    }

    /** Asks nobody what may expire, and puts nothing that expires while the cell's switch is off. */
    static NewRepositories repositories(
            Table table, RepositorySettings settings, LifecycleQueue queue, InstantSource clock) {
        return new ReconciledRepositories(
                new RepositoryReconciliation(
                        settings,
                        Guards.OF_ALL,
                        new EvictionSwitch(table)::off,
                        RepositoryReconciliation.BRIEF,
                        Pause.SLEEP::pause,
                        clock),
                queue,
                clock);
    }
}
