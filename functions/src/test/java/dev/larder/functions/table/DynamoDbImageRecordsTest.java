package dev.larder.functions.table;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.RepositoryName;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
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
        ImageRecords counting =
                new DynamoDbImageRecords(watching((query, answer) -> read.add(answer.scannedCount())), LocalTable.NAME);
        assertEquals(
                List.of("499", "498", "497"),
                counting.popular("docker-hub", 3).stream()
                        .map(image -> image.image().tag().value())
                        .toList());
        assertEquals(List.of(3), read);
        assertEquals(List.of(), counting.popular("docker-hub", 0));
    }

    @Test
    void onlyTheRecordAsItIsNowIsReadConsistently() {
        List<Boolean> consistent = new ArrayList<>();
        ImageRecords watched = new DynamoDbImageRecords(
                watching((query, answer) -> consistent.add(query.consistentRead())), LocalTable.NAME);
        RepositoryName repository = new RepositoryName("docker-hub/library/nginx");
        watched.repository(repository);
        watched.current(repository);
        assertEquals(Arrays.asList(null, true), consistent);
    }

    /** The table's client, and whoever looks at each query and its answer. */
    private DynamoDbClient watching(BiConsumer<QueryRequest, QueryResponse> watcher) {
        return (DynamoDbClient) Proxy.newProxyInstance(
                DynamoDbClient.class.getClassLoader(), new Class<?>[] {DynamoDbClient.class}, (proxy, method, args) -> {
                    if (method.isDefault()) {
                        return args[0] instanceof QueryRequest query
                                        && method.getName().equals("query")
                                ? answered(query, watcher)
                                : InvocationHandler.invokeDefault(proxy, method, args);
                    }
                    return method.invoke(table.client(), args);
                });
    }

    private QueryResponse answered(QueryRequest query, BiConsumer<QueryRequest, QueryResponse> watcher) {
        QueryResponse answer = table.client().query(query);
        watcher.accept(query, answer);
        return answer;
    }

    @AfterEach
    void close() {
        table.close();
    }
}
