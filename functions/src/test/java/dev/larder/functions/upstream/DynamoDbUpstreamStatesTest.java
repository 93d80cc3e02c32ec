package dev.larder.functions.upstream;

import dev.larder.functions.table.LocalTable;
import org.junit.jupiter.api.AfterEach;

class DynamoDbUpstreamStatesTest extends UpstreamStatesContract {
    private final LocalTable table = new LocalTable();
    private final UpstreamStates states = new DynamoDbUpstreamStates(table.table());

    @Override
    UpstreamStates states() {
        return states;
    }

    @AfterEach
    void close() {
        table.close();
    }
}
