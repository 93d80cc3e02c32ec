package dev.larder.functions.warm;

import dev.larder.functions.table.LocalTable;
import org.junit.jupiter.api.AfterEach;

class DynamoDbWarmLeasesTest extends WarmLeasesContract {
    private final LocalTable table = new LocalTable();
    private final WarmLeases leases = new DynamoDbWarmLeases(table.table());

    @Override
    WarmLeases leases() {
        return leases;
    }

    @AfterEach
    void close() {
        table.close();
    }
}
