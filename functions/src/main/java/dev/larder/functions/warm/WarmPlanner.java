package dev.larder.functions.warm;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.larder.config.EnvironmentVariables;
import dev.larder.config.UpstreamSettings;
import dev.larder.config.UsageSettings;
import dev.larder.config.Warm;
import dev.larder.config.WarmSettings;
import dev.larder.domain.popularity.ForwardDecay;
import dev.larder.domain.warming.WarmPlan;
import dev.larder.events.ScheduledRun;
import dev.larder.events.ScheduledRun.Task;
import dev.larder.events.WarmOrder;
import dev.larder.events.image.Platform;
import dev.larder.functions.AwsClients;
import dev.larder.functions.Invocation;
import dev.larder.functions.bus.Metrics;
import dev.larder.functions.bus.SqsWarmOrders;
import dev.larder.functions.bus.WarmOrders;
import dev.larder.functions.table.DynamoDbImageRecords;
import dev.larder.functions.table.ImageRecords;
import dev.larder.functions.table.Table;
import dev.larder.functions.upstream.DynamoDbUpstreamStates;
import dev.larder.functions.usage.DynamoDbUsageDays;
import dev.larder.functions.usage.DynamoDbUsageLog;
import dev.larder.functions.usage.UsageHistory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Lambda handler: on a schedule, plans what to warm and orders it. Answers with the number of orders.
 */
public final class WarmPlanner implements RequestStreamHandler {
    private final WarmPlanning planning;
    private final Orders orders;
    private final WarmOrders queue;
    private final InstantSource clock;
    private final Metrics metrics = new Metrics("WarmPlanner", System.out::println);

    /** The real wiring, from the environment. */
    public WarmPlanner() {
        Map<String, String> environment = System.getenv();
        DynamoDbClient dynamoDb = AwsClients.dynamoDb();
        String name = AwsClients.required(environment, EnvironmentVariables.TABLE);
        Table table = new Table(dynamoDb, name);
        ForwardDecay decay =
                new ForwardDecay(UsageSettings.fromEnvironment(environment).halfLife());
        Warm warm = WarmSettings.fromEnvironment(environment);
        ImageRecords records = new DynamoDbImageRecords(dynamoDb, name);
        Upstreams upstreams = new Upstreams(UpstreamSettings.fromEnvironment(environment));
        this.planning = new WarmPlanning(
                upstreams,
                warm,
                records,
                new DynamoDbUpstreamStates(table),
                new DynamoDbWarmLeases(table),
                RecentPulls.of(new UsageHistory(
                        new DynamoDbUsageDays(table),
                        new DynamoDbUsageLog(table),
                        records,
                        decay,
                        InstantSource.system())));
        this.orders = new Orders(records, platforms(warm));
        this.queue = new SqsWarmOrders(
                AwsClients.sqs(), AwsClients.required(environment, EnvironmentVariables.WARM_ORDERS_QUEUE_URL));
        this.clock = InstantSource.system();
    }

    /** Takes the ports. */
    public WarmPlanner(WarmPlanning planning, ImageRecords records, Warm warm, WarmOrders queue, InstantSource clock) {
        this.planning = planning;
        this.orders = new Orders(records, platforms(warm));
        this.queue = queue;
        this.clock = clock;
    }

    private static List<Platform> platforms(Warm warm) {
        return warm.platforms().stream().map(Platform::parse).toList();
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        ScheduledRun run = Invocation.read(input, Task.PLAN_WARMING);
        Instant now = clock.instant();
        metrics.add(Metrics.RECEIVED, 1);
        Map<String, WarmPlan> plans = planning.spend(now);
        List<WarmOrder> made = WarmPlanning.orders(plans)
                .map(candidate -> orders.of(candidate, run.executionId(), now))
                .toList();
        queue.send(made);
        long left =
                plans.values().stream().mapToLong(plan -> plan.left().size()).sum();
        metrics.add(Metrics.HANDLED, 1);
        metrics.add(Metrics.ORDERED, made.size());
        metrics.add(Metrics.LEFT_COLD, left);
        metrics.flush(now);
        Invocation.write(output, Map.of("ordered", made.size(), "leftCold", left));
    }
}
