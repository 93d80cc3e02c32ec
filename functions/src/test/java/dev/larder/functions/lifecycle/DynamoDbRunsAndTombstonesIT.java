package dev.larder.functions.lifecycle;

import dev.larder.functions.table.LocalStackCloud;
import dev.larder.functions.table.Table;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.localstack.LocalStackContainer;

/** The contract on LocalStack; skipped where there is no Docker. */
@Testcontainers(disabledWithoutDocker = true)
class DynamoDbRunsAndTombstonesIT extends RunsAndTombstonesContract {
    @Container
    private static final LocalStackContainer CLOUD = LocalStackCloud.container();

    private final Table table = LocalStackCloud.table(CLOUD);
    private final Runs runs = new DynamoDbRuns(table);
    private final Tombstones tombstones = new DynamoDbTombstones(table);

    @Override
    Runs runs() {
        return runs;
    }

    @Override
    Tombstones tombstones() {
        return tombstones;
    }
}
