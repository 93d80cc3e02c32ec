package dev.larder.functions.warm;

import dev.larder.functions.table.LocalTable;
import org.junit.jupiter.api.AfterEach;

class DynamoDbTagsOffTest extends TagsOffContract {
    private final LocalTable table = new LocalTable();
    private final TagsOff tags = new DynamoDbTagsOff(table.table());

    @Override
    TagsOff tags() {
        return tags;
    }

    @AfterEach
    void close() {
        table.close();
    }
}
