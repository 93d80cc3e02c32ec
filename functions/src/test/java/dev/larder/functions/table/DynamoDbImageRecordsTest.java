package dev.larder.functions.table;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Tagged;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

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

    /** However many images there are: the index gives the first K, and no page is read beyond them. */
    @Test
    void theTopKReadsKItems() {
        for (int i = 0; i < 500; i++) {
            popularity((Tagged) ImageReference.parse("docker-hub/library/many:" + i), i);
        }
        List<Integer> read = new ArrayList<>();
        ImageRecords counting = new DynamoDbImageRecords(counting(read), LocalTable.NAME);
        assertEquals(
                List.of("499", "498", "497"),
                counting.popular("docker-hub", 3).stream()
                        .map(image -> image.image().tag().value())
                        .toList());
        assertEquals(List.of(3), read);
        assertEquals(List.of(), counting.popular("docker-hub", 0));
    }

    /** The table's client, which takes down how many items each query read. */
    private DynamoDbClient counting(List<Integer> read) {
        return (DynamoDbClient) Proxy.newProxyInstance(
                DynamoDbClient.class.getClassLoader(), new Class<?>[] {DynamoDbClient.class}, (proxy, method, args) -> {
                    if (method.isDefault()) {
                        return args[0] instanceof QueryRequest query
                                        && method.getName().equals("query")
                                ? taken(table.client().query(query), read)
                                : InvocationHandler.invokeDefault(proxy, method, args);
                    }
                    return method.invoke(table.client(), args);
                });
    }

    private static QueryResponse taken(QueryResponse response, List<Integer> read) {
        read.add(response.scannedCount());
        return response;
    }

    @AfterEach
    void close() {
        table.close();
    }
}
