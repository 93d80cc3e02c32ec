package dev.larder.functions.warm;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.larder.config.EnvironmentVariables;
import dev.larder.config.UpstreamSettings;
import dev.larder.events.Event;
import dev.larder.events.WarmOrder;
import dev.larder.functions.AwsClients;
import dev.larder.functions.bus.EachMessage;
import dev.larder.functions.bus.EventBridgeBus;
import dev.larder.functions.bus.Metrics;
import dev.larder.functions.bus.SqsWarmOrders;
import dev.larder.functions.ecr.EcrImageCache;
import dev.larder.functions.ecr.PatientImageCache;
import dev.larder.functions.planning.DayBytes;
import dev.larder.functions.planning.PlannedOrders;
import dev.larder.functions.planning.Settling;
import dev.larder.functions.registry.HttpUpstreamRegistries;
import dev.larder.functions.registry.SecretsManagerCredentials;
import dev.larder.functions.table.DynamoDbImageRecords;
import dev.larder.functions.table.Table;
import dev.larder.functions.upstream.DynamoDbProbes;
import dev.larder.functions.upstream.DynamoDbUpstreamStates;
import dev.larder.functions.upstream.DynamoDbUpstreamTags;
import dev.larder.functions.upstream.FundsPurse;
import dev.larder.functions.upstream.UpstreamFunds;
import dev.larder.functions.upstream.UpstreamGate;
import dev.larder.functions.upstream.UpstreamHealth;
import dev.larder.functions.upstream.UpstreamStates;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Lambda handler: carries out warm orders. A message that should come again is reported as a failed item of its batch. */
public final class WarmWorker implements RequestHandler<SQSEvent, SQSBatchResponse> {
    private final Warming warming;
    private final Optional<Settling> settling;
    private final Metrics metrics = Metrics.of("WarmWorker", System.getenv());
    private final EachMessage each;

    /** The real wiring, from the environment. */
    public WarmWorker() {
        this(
                new Warming(wire(System.getenv(), InstantSource.system())),
                settling(System.getenv()),
                InstantSource.system());
    }

    /** Takes what carries the orders out. */
    public WarmWorker(Warming warming, InstantSource clock) {
        this.warming = warming;
        this.settling = Optional.empty();
        this.each = new EachMessage(metrics, clock);
    }

    /** Takes what carries the orders out, and what settles their cost. */
    public WarmWorker(Warming warming, Settling settling, InstantSource clock) {
        this.warming = warming;
        this.settling = Optional.of(settling);
        this.each = new EachMessage(metrics, clock);
    }

    private static Settling settling(Map<String, String> environment) {
        DynamoDbClient dynamoDb = AwsClients.dynamoDb();
        String name = AwsClients.required(environment, EnvironmentVariables.TABLE);
        Table table = new Table(dynamoDb, name);
        return new Settling(
                new PlannedOrders(table),
                new DynamoDbImageRecords(dynamoDb, name),
                new Upstreams(UpstreamSettings.fromEnvironment(environment)),
                new UpstreamFunds(new DynamoDbUpstreamStates(table)),
                new DayBytes(table),
                InstantSource.system());
    }

    private static WarmPorts wire(Map<String, String> environment, InstantSource clock) {
        DynamoDbClient dynamoDb = AwsClients.dynamoDb();
        String name = AwsClients.required(environment, EnvironmentVariables.TABLE);
        Table table = new Table(dynamoDb, name);
        UpstreamStates states = new DynamoDbUpstreamStates(table);
        UpstreamHealth health = new UpstreamHealth(states);
        DoubleSupplier random = new SecureRandom()::nextDouble;
        return new WarmPorts(
                new Upstreams(UpstreamSettings.fromEnvironment(environment)),
                new PatientImageCache(new EcrImageCache(AwsClients.ecr()), Pause.SLEEP::pause, random),
                new DynamoDbImageRecords(dynamoDb, name),
                new DynamoDbWarmLeases(table),
                new DynamoDbTagsOff(table),
                health,
                new UpstreamGate(health, new DynamoDbProbes(table), clock),
                new HttpUpstreamRegistries(new SecretsManagerCredentials(AwsClients.secretsManager(), clock)),
                new FundsPurse(states),
                new DynamoDbUpstreamTags(table, clock)::of,
                new SqsWarmOrders(
                        AwsClients.sqs(), AwsClients.required(environment, EnvironmentVariables.WARM_ORDERS_QUEUE_URL)),
                new EventBridgeBus(
                        AwsClients.eventBridge(), AwsClients.required(environment, EnvironmentVariables.EVENT_BUS)),
                Pause.SLEEP,
                random,
                clock);
    }

    @Override
    public SQSBatchResponse handleRequest(SQSEvent batch, Context context) {
        return each.of(batch, this::handled);
    }

    private boolean handled(Event event) {
        if (!(event instanceof WarmOrder order)) {
            metrics.add(Metrics.IGNORED, 1);
            return true;
        }
        WarmEnding ending = settling.isPresent()
                ? settling.get().around(order, account -> warming.carryOut(order, account))
                : warming.carryOut(order);
        System.out.println(order.image() + " (" + order.reason() + "): " + ending.outcome()
                + ending.failure().map(failure -> ", " + failure).orElse(""));
        return count(ending);
    }

    private boolean count(WarmEnding ending) {
        return switch (ending.outcome()) {
            case WARMED -> {
                metrics.add(Metrics.WARMED, 1);
                yield true;
            }
            case NOTHING_TO_DO, LATER -> true;
            case FAILED -> {
                metrics.add(Metrics.WARM_FAILED, 1);
                yield true;
            }
            case AGAIN -> {
                metrics.add(Metrics.WARM_FAILED, 1);
                yield false;
            }
        };
    }
}
