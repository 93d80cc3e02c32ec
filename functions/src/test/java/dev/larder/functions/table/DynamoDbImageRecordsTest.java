package dev.larder.functions.table;

import dev.larder.events.image.ImageReference.Tagged;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

class DynamoDbImageRecordsTest extends ImageRecordsContract {
    private final LocalTable table = new LocalTable();
    private final ImageRecords records = new DynamoDbImageRecords(table.client(), LocalTable.NAME);

    @Override
    ImageRecords records() {
        return records;
    }

    @Override
    void popularity(Tagged image, double popularity) {
        popularity(table.table(), image, popularity);
    }

    static void popularity(Table table, Tagged image, double popularity) {
        String repository = image.repository().value();
        table.update(
                Key.of(image),
                "SET popularityOf = :of, popularity = :popularity",
                Map.of(
                        ":of",
                        Values.text(Key.popularityOf(repository.substring(0, repository.indexOf('/')))),
                        ":popularity",
                        Values.number(popularity)));
    }

    @AfterEach
    void close() {
        table.close();
    }
}
