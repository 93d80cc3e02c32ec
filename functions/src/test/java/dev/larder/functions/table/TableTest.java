package dev.larder.functions.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** How a table that is busy is written to. */
class TableTest {
    private final LocalTable local = new LocalTable();
    private final List<Duration> waits = new ArrayList<>();

    @Test
    void whatTheTableLeavesOutIsWrittenAfterAWaitThatGrows() {
        table(4).putAll(items(30));
        assertEquals(30, local.table().partition("many").count());
        assertEquals(4, waits.size(), "once after each call that leaves something out");
        List<Duration> most =
                List.of(50, 100, 200, 400).stream().map(Duration::ofMillis).toList();
        for (int i = 0; i < most.size(); i++) {
            assertEquals(most.get(i).dividedBy(2), waits.get(i), "half of the most, by this chance");
        }
    }

    @Test
    void aTableThatTakesNothingIsAskedForSecondsAndNotForEver() {
        assertThrows(IllegalStateException.class, () -> table(Integer.MAX_VALUE).putAll(items(2)));
        Duration waited = waits.stream().reduce(Duration.ZERO, Duration::plus);
        assertTrue(waited.compareTo(Duration.ofSeconds(2)) > 0, waited::toString);
        assertTrue(waited.compareTo(Duration.ofSeconds(10)) < 0, waited::toString);
    }

    @Test
    void whatIsDeletedTogetherIsGone() {
        local.table().putAll(items(30));
        table(1).deleteAll(IntStream.range(0, 29).mapToObj(TableTest::key).toList());
        assertEquals(
                List.of(key(29)), local.table().partition("many").map(Item::key).toList());
    }

    /** The table, of which so many calls write one item only. */
    private Table table(int busy) {
        int[] calls = {0};
        DynamoDbClient client = (DynamoDbClient) Proxy.newProxyInstance(
                TableTest.class.getClassLoader(), new Class<?>[] {DynamoDbClient.class}, (proxy, method, arguments) -> {
                    BatchWriteItemRequest request = request(arguments[0]);
                    List<WriteRequest> writes = request.requestItems().get(LocalTable.NAME);
                    int taken = calls[0]++ < busy ? Math.min(1, writes.size() - 1) : writes.size();
                    if (taken > 0) {
                        local.client()
                                .batchWriteItem(
                                        write -> write.requestItems(Map.of(LocalTable.NAME, writes.subList(0, taken))));
                    }
                    return BatchWriteItemResponse.builder()
                            .unprocessedItems(
                                    taken == writes.size()
                                            ? Map.of()
                                            : Map.of(LocalTable.NAME, writes.subList(taken, writes.size())))
                            .build();
                });
        return new Table(client, LocalTable.NAME, waits::add, () -> 0.5);
    }

    @SuppressWarnings("unchecked")
    private static BatchWriteItemRequest request(Object argument) {
        BatchWriteItemRequest.Builder builder = BatchWriteItemRequest.builder();
        ((Consumer<BatchWriteItemRequest.Builder>) argument).accept(builder);
        return builder.build();
    }

    private static List<Map<String, AttributeValue>> items(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> key(number).attributes())
                .toList();
    }

    private static Key key(int number) {
        return new Key("many", String.format("%03d", number));
    }

    @AfterEach
    void close() {
        local.close();
    }
}
