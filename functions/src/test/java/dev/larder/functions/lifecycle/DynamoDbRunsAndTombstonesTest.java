package dev.larder.functions.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.table.Attributes;
import dev.larder.functions.table.Key;
import dev.larder.functions.table.LocalTable;
import dev.larder.functions.table.Values;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

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

    @Test
    void aTombstoneOfAnEarlierVersionSaysNothingAgainstAnUndo() {
        RepositoryName nginx = new RepositoryName("docker-hub/library/nginx");
        Digest digest = new Digest("sha256:" + "1".repeat(64));
        Key key = Key.tombstone(nginx, digest, "r1");
        Map<String, AttributeValue> item = new HashMap<>(key.attributes());
        item.put(Attributes.DIGEST, Values.text(digest.value()));
        item.put(Attributes.EVICTED_AT, Values.instant(Instant.EPOCH));
        item.put(Attributes.REASON, Values.text("not pulled"));
        item.put(Attributes.RUN, Values.text("r1"));
        table.table().putAll(List.of(item));
        Tombstone grave = tombstones.get(nginx, digest, "r1").orElseThrow();
        assertFalse(grave.byDigest());
        assertEquals(Optional.empty(), grave.doubt());
    }

    @AfterEach
    void close() {
        table.close();
    }
}
