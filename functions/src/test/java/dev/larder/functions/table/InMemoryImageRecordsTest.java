package dev.larder.functions.table;

import dev.larder.events.image.ImageReference.Tagged;
import java.time.Instant;
import java.util.OptionalDouble;

class InMemoryImageRecordsTest extends ImageRecordsContract {
    private final InMemoryImageRecords records = new InMemoryImageRecords();

    @Override
    ImageRecords records() {
        return records;
    }

    @Override
    void popularity(Tagged image, double popularity) {
        records.usage(image, Instant.EPOCH, 1, OptionalDouble.of(popularity));
    }
}
