package dev.larder.functions.usage;

import dev.larder.config.EnvironmentVariables;
import dev.larder.config.Upstream;
import dev.larder.config.UpstreamSettings;
import dev.larder.config.UsageSettings;
import dev.larder.domain.popularity.ForwardDecay;
import dev.larder.functions.AwsClients;
import dev.larder.functions.ecr.EcrInventory;
import dev.larder.functions.table.DynamoDbImageRecords;
import dev.larder.functions.table.ImageRecords;
import dev.larder.functions.table.Table;
import dev.larder.functions.warm.Upstreams;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.services.sqs.SqsClient;

/** What {@link UsageKeeper} is made of in an account. */
record KeeperWiring(UsageRollup rollup, Supplier<Reconciliation> reconciliation, RollupLease lease) {
    static KeeperWiring fromEnvironment(Map<String, String> environment, InstantSource clock) {
        Table table = new Table(AwsClients.dynamoDb(), AwsClients.required(environment, EnvironmentVariables.TABLE));
        Upstreams upstreams = new Upstreams(UpstreamSettings.fromEnvironment(environment));
        ImageRecords images = new DynamoDbImageRecords(table);
        UsageLog log = new DynamoDbUsageLog(table);
        UsageDays days = new DynamoDbUsageDays(table);
        UsageRollup rollup = new UsageRollup(
                log,
                days,
                new DynamoDbUsageSummaries(table),
                new DynamoDbFigures(
                        table, repository -> upstreams.of(repository).map(Upstream::prefix)),
                images,
                new ForwardDecay(UsageSettings.fromEnvironment(environment).halfLife()));
        SqsClient sqs = AwsClients.sqs();
        String deadLetters = AwsClients.required(environment, EnvironmentVariables.PULLS_DEAD_LETTERS_QUEUE_URL);
        EcrInventory inventory = new EcrInventory(AwsClients.patientEcr());
        RecordState state = new RecordState(table, upstreams);
        Trails trails = new CloudTrailTrails(AwsClients.cloudTrail());
        return new KeeperWiring(
                rollup,
                () -> new Reconciliation(
                        upstreams,
                        inventory,
                        images,
                        new LogFetches(log, days, clock),
                        state,
                        trails,
                        new DeadLetteredPulls(sqs, deadLetters, Duration.ZERO, clock),
                        clock),
                new RollupLease(table));
    }
}
