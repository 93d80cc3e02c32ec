package dev.larder.functions.usage;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.domain.usage.PullRules;
import dev.larder.functions.Messages;
import dev.larder.functions.table.DynamoDbImageRecords;
import dev.larder.functions.table.LocalTable;
import dev.larder.functions.table.Table;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/** What recording costs, in DynamoDB Local's count of write units. */
class UsageCostTest {
    private static final Instant START = Instant.parse("2026-11-24T10:15:00Z");

    private final LocalTable local = new LocalTable();
    private double units;
    private final UsageRecorder recorder = recorder();

    private UsageRecorder recorder() {
        DynamoDbClient counting = counting(local.client());
        Table table = new Table(counting, LocalTable.NAME);
        return new UsageRecorder(
                new PullRules(Set.of("docker-hub"), Set.of(), Set.of()),
                new DynamoDbImageRecords(counting, LocalTable.NAME),
                new PullRecording(
                        new DynamoDbUsageRecords(table),
                        new DynamoDbTallies(table, repository -> Optional.of("docker-hub")),
                        UsageFixture.WEEK),
                () -> START);
    }

    @AfterEach
    void close() {
        local.close();
    }

    /** 10 pulls a second of one image by three nodes for two minutes, in batches of five seconds. */
    @Test
    void aHotImageCostsFewUnitsForEachPull() {
        int pulls = 0;
        for (int batch = 0; batch < 24; batch++) {
            List<String> bodies = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                Instant time = START.plusMillis(batch * 5_000L + i * 100L);
                bodies.add(
                        Messages.pull("docker-hub/library/nginx", "1.27", "node-" + i % 3, "event-" + pulls++, time));
            }
            recorder.handleRequest(Messages.of(bodies), null);
        }
        System.out.println("hot image: " + units / pulls + " write units a pull");
        assertTrue(units / pulls <= 0.1, units + " for " + pulls);
    }

    @Test
    void aRareImageCostsAsManyUnitsAsItHasItems() {
        recorder.handleRequest(
                Messages.of(List.of(Messages.pull("docker-hub/library/nginx", "1.27", "node", "event", START))), null);
        System.out.println(
                "rare image: " + units + " write units for its first pull ever, the record's start included");
        assertTrue(units <= 5, String.valueOf(units));
    }

    private DynamoDbClient counting(DynamoDbClient client) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            if (method.isDefault()
                    && !(arguments != null && arguments[0] instanceof UpdateItemRequest)
                    && method.getName().equals("updateItem")) {
                return InvocationHandler.invokeDefault(proxy, method, arguments);
            }
            return call(client, method, arguments);
        };
        return (DynamoDbClient) Proxy.newProxyInstance(
                DynamoDbClient.class.getClassLoader(), new Class<?>[] {DynamoDbClient.class}, handler);
    }

    private Object call(DynamoDbClient client, Method method, Object[] arguments) throws Throwable {
        try {
            if (arguments != null && arguments[0] instanceof UpdateItemRequest update) {
                UpdateItemResponse response = client.updateItem(update.toBuilder()
                        .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)
                        .build());
                units += response.consumedCapacity().capacityUnits();
                return response;
            }
            return method.invoke(client, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
