package dev.larder.functions.table;

import dev.larder.events.image.ImageReference.Tagged;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.localstack.LocalStackContainer;

/** The contract on LocalStack; skipped where there is no Docker. */
@Testcontainers(disabledWithoutDocker = true)
class DynamoDbImageRecordsIT extends ImageRecordsContract {
    @Container
    private static final LocalStackContainer CLOUD = LocalStackCloud.container();

    private final Table table = LocalStackCloud.table(CLOUD);
    private final ImageRecords records = new DynamoDbImageRecords(table);

    @Override
    ImageRecords records() {
        return records;
    }

    @Override
    void popularity(Tagged image, double popularity) {
        DynamoDbImageRecordsTest.popularity(table, image, popularity);
    }
}
