package dev.larder.functions.planning;

import dev.larder.config.EnvironmentVariables;
import dev.larder.config.UpstreamSettings;
import dev.larder.config.UsageSettings;
import dev.larder.config.Warm;
import dev.larder.config.WarmSettings;
import dev.larder.domain.popularity.ForwardDecay;
import dev.larder.events.image.Platform;
import dev.larder.functions.AwsClients;
import dev.larder.functions.bus.EventBridgeBus;
import dev.larder.functions.bus.SqsWarmOrders;
import dev.larder.functions.bus.WarmOrders;
import dev.larder.functions.lifecycle.DynamoDbTombstones;
import dev.larder.functions.table.DynamoDbImageRecords;
import dev.larder.functions.table.ImageRecords;
import dev.larder.functions.table.Table;
import dev.larder.functions.upstream.DynamoDbUpstreamStates;
import dev.larder.functions.upstream.DynamoDbUpstreamTags;
import dev.larder.functions.usage.DynamoDbUsageDays;
import dev.larder.functions.usage.DynamoDbUsageLog;
import dev.larder.functions.usage.DynamoDbUsageSummaries;
import dev.larder.functions.usage.UsageHistory;
import dev.larder.functions.warm.DynamoDbWarmLeases;
import dev.larder.functions.warm.Upstreams;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * What the planner plans and orders with.
 *
 * @param platforms that must be there afterwards
 */
public record PlannerWiring(
        WarmPlanning planning,
        List<Platform> platforms,
        WarmOrders queue,
        PlannedOrders planned,
        Broadcast broadcast,
        InstantSource clock) {
    /** Copies the list. */
    public PlannerWiring {
        platforms = List.copyOf(platforms);
    }

    /** The real one, from the environment. */
    public static PlannerWiring of(Map<String, String> environment, InstantSource clock) {
        DynamoDbClient dynamoDb = AwsClients.dynamoDb();
        String name = AwsClients.required(environment, EnvironmentVariables.TABLE);
        Table table = new Table(dynamoDb, name);
        Warm warm = WarmSettings.fromEnvironment(environment);
        ForwardDecay decay =
                new ForwardDecay(UsageSettings.fromEnvironment(environment).halfLife());
        return new PlannerWiring(
                new WarmPlanning(
                        new Upstreams(UpstreamSettings.fromEnvironment(environment)),
                        warm,
                        ports(table, new DynamoDbImageRecords(dynamoDb, name), warm, decay, clock)),
                warm.platforms().stream().map(Platform::parse).toList(),
                new SqsWarmOrders(
                        AwsClients.sqs(), AwsClients.required(environment, EnvironmentVariables.WARM_ORDERS_QUEUE_URL)),
                new PlannedOrders(table),
                new Broadcast(
                        AwsClients.required(environment, EnvironmentVariables.CELL),
                        warm.cells(),
                        new EventBridgeBus(
                                AwsClients.eventBridge(),
                                AwsClients.required(environment, EnvironmentVariables.EVENT_BUS))),
                clock);
    }

    /** The ports of a plan, in a cell's table. */
    public static PlanningPorts ports(
            Table table, ImageRecords records, Warm warm, ForwardDecay decay, InstantSource clock) {
        return new PlanningPorts(
                new Demands(
                        new UsageHistory(
                                new DynamoDbUsageDays(table), new DynamoDbUsageLog(table), records, decay, clock),
                        new DynamoDbUsageSummaries(table)),
                new WantedImages(
                        warm,
                        new DynamoDbUpstreamTags(table, clock),
                        new DynamoDbTombstones(table),
                        new DynamoDbElsewhere(table)),
                new DynamoDbSightings(table, clock),
                records,
                new DynamoDbUpstreamStates(table),
                new DynamoDbWarmLeases(table),
                new PlannedOrders(table),
                new DayBytes(table));
    }
}
