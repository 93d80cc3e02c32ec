package dev.larder.functions.lifecycle;

import dev.larder.config.EnvironmentVariables;
import dev.larder.config.LifecycleSettings;
import dev.larder.config.UpstreamSettings;
import dev.larder.config.UsageSettings;
import dev.larder.config.Warm;
import dev.larder.config.WarmSettings;
import dev.larder.domain.popularity.ForwardDecay;
import dev.larder.functions.AwsClients;
import dev.larder.functions.bus.EventBridgeBus;
import dev.larder.functions.ecr.EcrImageCache;
import dev.larder.functions.ecr.EcrInventory;
import dev.larder.functions.ecr.EcrRepositorySettings;
import dev.larder.functions.inuse.InUseWiring;
import dev.larder.functions.objections.ObjectionsWiring;
import dev.larder.functions.planning.Substitutes;
import dev.larder.functions.sweep.EvictionSwitch;
import dev.larder.functions.sweep.Pieces;
import dev.larder.functions.sweep.SqsLifecycleQueue;
import dev.larder.functions.table.DynamoDbImageRecords;
import dev.larder.functions.table.Table;
import dev.larder.functions.usage.CheckedRecord;
import dev.larder.functions.usage.DeadLetteredPulls;
import dev.larder.functions.usage.DynamoDbUsageDays;
import dev.larder.functions.usage.DynamoDbUsageLog;
import dev.larder.functions.usage.LogFetches;
import dev.larder.functions.usage.RecordState;
import dev.larder.functions.warm.DynamoDbWarmLeases;
import dev.larder.functions.warm.Upstreams;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ecr.EcrClient;

/** The worker's real wiring. */
final class LifecycleWiring {
    /** Each repository asks, a few of them in a second. */
    private static final Duration COUNTED = Duration.ofMinutes(1);

    private LifecycleWiring() {}

    static SweepWork of(Map<String, String> environment, InstantSource clock) {
        DynamoDbClient dynamoDb = AwsClients.dynamoDb();
        EcrClient ecr = AwsClients.patientEcr();
        String name = AwsClients.required(environment, EnvironmentVariables.TABLE);
        Table table = new Table(dynamoDb, name);
        Warm warm = WarmSettings.fromEnvironment(environment);
        Upstreams upstreams = new Upstreams(UpstreamSettings.fromEnvironment(environment));
        LifecyclePorts ports = new LifecyclePorts(
                new EcrInventory(ecr),
                new EcrImageCache(ecr),
                new DynamoDbImageRecords(dynamoDb, name),
                new LogFetches(new DynamoDbUsageLog(table), new DynamoDbUsageDays(table), clock),
                UsageAge.of(record(environment, new RecordState(table, upstreams), clock), upstreams),
                InUseWiring.of(environment, table, clock),
                ObjectionsWiring.of(environment, table, ecr, clock),
                ObjectionsWiring.known(upstreams, table, clock),
                new KeptGroups(table),
                new EcrRepositorySettings(ecr),
                new DynamoDbWarmLeases(table),
                new DynamoDbRuns(table),
                new Pieces(table),
                new DynamoDbTombstones(table),
                new EvictionSwitch(table),
                new SqsLifecycleQueue(
                        AwsClients.sqs(),
                        AwsClients.required(environment, EnvironmentVariables.LIFECYCLE_WORK_QUEUE_URL)),
                new EventBridgeBus(
                        AwsClients.eventBridge(), AwsClients.required(environment, EnvironmentVariables.EVENT_BUS)),
                clock);
        return new SweepWork(
                ports,
                Eviction.of(
                        LifecycleSettings.fromEnvironment(environment),
                        upstreams.all(),
                        new Substitutes(warm.substitutes()).pins(warm.pins())),
                upstreams,
                new ForwardDecay(UsageSettings.fromEnvironment(environment).halfLife()));
    }

    private static CheckedRecord record(Map<String, String> environment, RecordState state, InstantSource clock) {
        return new CheckedRecord(
                state,
                new DeadLetteredPulls(
                        AwsClients.sqs(),
                        AwsClients.required(environment, EnvironmentVariables.PULLS_DEAD_LETTERS_QUEUE_URL),
                        COUNTED,
                        clock),
                clock);
    }
}
