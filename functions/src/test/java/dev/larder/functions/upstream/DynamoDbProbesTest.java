package dev.larder.functions.upstream;

import dev.larder.functions.table.LocalTable;
import org.junit.jupiter.api.AfterEach;

class DynamoDbProbesTest extends ProbesContract {
    private final LocalTable table = new LocalTable();
    private final Probes probes = new DynamoDbProbes(table.table());

    @Override
    Probes probes() {
        return probes;
    }

    @AfterEach
    void close() {
        table.close();
    }
}
