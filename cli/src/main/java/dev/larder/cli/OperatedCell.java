package dev.larder.cli;

import dev.larder.config.Cell;
import dev.larder.config.LarderConfig;
import dev.larder.config.Names;
import dev.larder.config.Warm;
import dev.larder.domain.money.Prices;
import dev.larder.functions.bus.SqsWarmOrders;
import dev.larder.functions.bus.WarmOrders;
import dev.larder.functions.desired.Guards;
import dev.larder.functions.desired.Reconciliation;
import dev.larder.functions.desired.RepositoryReconciliation;
import dev.larder.functions.ecr.CacheInventory;
import dev.larder.functions.ecr.EcrInventory;
import dev.larder.functions.ecr.EcrRepositorySettings;
import dev.larder.functions.inuse.AllInUse;
import dev.larder.functions.inuse.DynamoDbReportedLists;
import dev.larder.functions.inuse.InUseSources;
import dev.larder.functions.inuse.RegistryHosts;
import dev.larder.functions.inuse.ReportedInUse;
import dev.larder.functions.inuse.ReportedLists;
import dev.larder.functions.inuse.UpstreamHosts;
import dev.larder.functions.lifecycle.DynamoDbRuns;
import dev.larder.functions.lifecycle.DynamoDbTombstones;
import dev.larder.functions.lifecycle.Runs;
import dev.larder.functions.lifecycle.Tombstones;
import dev.larder.functions.lifecycle.Undo;
import dev.larder.functions.planning.PlannerWiring;
import dev.larder.functions.planning.PlanningPorts;
import dev.larder.functions.sweep.EvictionSwitch;
import dev.larder.functions.table.DynamoDbImageRecords;
import dev.larder.functions.table.ImageRecords;
import dev.larder.functions.table.Table;
import dev.larder.functions.upstream.DynamoDbRuleChecks;
import dev.larder.functions.upstream.DynamoDbUpstreamStates;
import dev.larder.functions.upstream.RuleChecks;
import dev.larder.functions.upstream.UpstreamStates;
import dev.larder.functions.warm.DynamoDbWarmLeases;
import dev.larder.functions.warm.WarmLeases;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The cell that a command works on.
 *
 * @param config the file that it was deployed from
 * @param workloads what runs images in the account, given how clients name the registry
 * @param clock the cell's: the local cloud's may be ahead
 */
record OperatedCell(
        LarderConfig config,
        Cell cell,
        DynamoDbClient dynamoDb,
        SqsClient sqs,
        EcrClient ecr,
        Function<RegistryHosts, List<InUseSources>> workloads,
        InstantSource clock) {
    Instant now() {
        return clock.instant();
    }

    Table table() {
        return new Table(dynamoDb, Names.table(config));
    }

    ImageRecords images() {
        return new DynamoDbImageRecords(dynamoDb, Names.table(config));
    }

    UpstreamStates upstreams() {
        return new DynamoDbUpstreamStates(table());
    }

    RuleChecks ruleChecks() {
        return new DynamoDbRuleChecks(table());
    }

    WarmOrders warmOrders() {
        return new SqsWarmOrders(sqs, queueUrl(Names.queue(config, "WarmOrders")));
    }

    WarmLeases leases() {
        return new DynamoDbWarmLeases(table());
    }

    /** What is kept warm, as the functions of this cell know it. */
    Warm warm() {
        return config.warm().in(cell);
    }

    /** What the planner plans with, only to be looked at. */
    PlanningPorts planning() {
        return PlannerWiring.ports(table(), new ReadOnlyImageRecords(images()), warm(), usage().decay(), clock);
    }

    UsageRecord usage() {
        return new UsageRecord(this);
    }

    CacheInventory inventory() {
        return new EcrInventory(ecr);
    }

    Runs runs() {
        return new DynamoDbRuns(table());
    }

    Tombstones tombstones() {
        return new DynamoDbTombstones(table());
    }

    /** What takes evictions back: the operator's orders are the only thing that it writes. */
    Undo undo(WarmOrders orders) {
        return new Undo(
                runs(),
                tombstones(),
                images(),
                orders,
                () -> inventory().repositories().map(CacheInventory.Repository::name),
                clock);
    }

    /** Compares repositories with their desired state; asked to repair nothing, it writes nothing. */
    Reconciliation reconciliation() {
        return new RepositoryReconciliation(
                new EcrRepositorySettings(ecr), Guards.OF_ALL, killSwitch()::off, List.of(), pause -> {}, clock);
    }

    EvictionSwitch killSwitch() {
        return new EvictionSwitch(table());
    }

    /** Where images run: as far as the operator may read it. */
    InUseSources inUse() {
        return new AllInUse(Stream.concat(
                        workloads.apply(registryHosts()).stream(), Stream.of(new ReportedInUse(reportedLists(), clock)))
                .toList());
    }

    /** ECR's prices: the file's, and the listed ones for those that it does not name. */
    Prices prices() {
        return new Prices(
                config.prices().storage().orElse(Prices.LISTED.storage()),
                config.prices().archive().orElse(Prices.LISTED.archive()),
                config.prices().restore().orElse(Prices.LISTED.restore()));
    }

    ReportedLists reportedLists() {
        return new DynamoDbReportedLists(table(), clock);
    }

    /** How clients name the cell's registry. Only one that is not AWS's is asked for its own name. */
    RegistryHosts registryHosts() {
        return RegistryHosts.of(cell.toString(), isAws() ? Set.of() : ownHosts());
    }

    /** How clients name what the cell caches when the registry is a mirror to them. */
    UpstreamHosts upstreamHosts() {
        return new UpstreamHosts(config.upstreams());
    }

    private static boolean isAws() {
        return System.getProperty("aws.endpointUrl") == null && System.getenv("AWS_ENDPOINT_URL") == null;
    }

    private Set<String> ownHosts() {
        return ecr.getAuthorizationToken().authorizationData().stream()
                .map(data -> data.proxyEndpoint().replaceFirst("^https?://", ""))
                .flatMap(host -> Stream.of(host, host.replace("127.0.0.1", "localhost")))
                .collect(Collectors.toSet());
    }

    String queueUrl(String queue) {
        return sqs.getQueueUrl(get -> get.queueName(queue)).queueUrl();
    }
}
