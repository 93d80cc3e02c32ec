package dev.larder.infra;

import dev.larder.config.Names;
import java.util.List;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.BillingMode;
import software.amazon.awscdk.services.dynamodb.GlobalSecondaryIndexProps;
import software.amazon.awscdk.services.dynamodb.PointInTimeRecoverySpecification;
import software.amazon.awscdk.services.dynamodb.ProjectionType;
import software.amazon.awscdk.services.dynamodb.Table;
import software.amazon.awscdk.services.dynamodb.TableProps;
import software.constructs.Construct;

/**
 * The cell's one table: usage, popularity, images, leases, tombstones and runs.
 *
 * <p>It holds the evidence on which images are deleted, and the tombstones that undo a deletion. So it outlives its
 * stack, and nobody deletes it by accident.
 */
final class RecordTable extends Construct {
    /** The index that ranks the images of an upstream by popularity. */
    static final String POPULARITY = "popularity";

    private final Table table;

    RecordTable(Construct scope, String id, Deployment deployment) {
        super(scope, id);
        String name = Names.table(deployment.config());
        table = new Table(
                this,
                "Table",
                TableProps.builder()
                        .tableName(name)
                        .partitionKey(attribute("pk", AttributeType.STRING))
                        .sortKey(attribute("sk", AttributeType.STRING))
                        .billingMode(BillingMode.PAY_PER_REQUEST)
                        .timeToLiveAttribute("expiresAt")
                        .pointInTimeRecoverySpecification(PointInTimeRecoverySpecification.builder()
                                .pointInTimeRecoveryEnabled(true)
                                .build())
                        .deletionProtection(true)
                        .removalPolicy(RemovalPolicy.RETAIN)
                        .build());
        table.addGlobalSecondaryIndex(GlobalSecondaryIndexProps.builder()
                .indexName(POPULARITY)
                .partitionKey(attribute("popularityOf", AttributeType.STRING))
                .sortKey(attribute(POPULARITY, AttributeType.NUMBER))
                .projectionType(ProjectionType.ALL)
                .build());
    }

    /** The table's name, to be put into a function's environment. */
    String tableName() {
        return table.getTableName();
    }

    /** Lets a function do exactly these actions on the table. */
    void grant(LiveFunction function, String... actions) {
        function.allow(List.of(actions), List.of(table.getTableArn()));
    }

    private static Attribute attribute(String name, AttributeType type) {
        return Attribute.builder().name(name).type(type).build();
    }
}
