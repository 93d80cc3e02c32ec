package dev.larder.functions.lifecycle;

import dev.larder.functions.table.LocalTable;
import org.junit.jupiter.api.AfterEach;

class DynamoDbRunsAndTombstonesTest extends RunsAndTombstonesContract {
    private final LocalTable table = new LocalTable();
    private final Runs runs = new DynamoDbRuns(table.table());
    private final Tombstones tombstones = new DynamoDbTombstones(table.table());

    @Override
    Runs runs() {
        return runs;
    }

    @Override
    Tombstones tombstones() {
        return tombstones;
    }

    @AfterEach
    void close() {
        table.close();
    }
}
