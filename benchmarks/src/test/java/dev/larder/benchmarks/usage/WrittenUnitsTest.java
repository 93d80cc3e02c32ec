package dev.larder.benchmarks.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.larder.functions.table.Key;
import dev.larder.functions.table.Table;
import dev.larder.functions.table.Values;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class WrittenUnitsTest {
    private static final Key IMAGE = new Key("image#a", "tag#1");

    private final WrittenUnits units = new WrittenUnits();

    /** DynamoDB's developer guide, "Global secondary indexes": one write into an index, two to move an item in it. */
    @Test
    void theIndexIsCountedAsItIsBilled() throws IOException {
        try (LocalDynamoDb dynamoDb = LocalDynamoDb.start();
                DynamoDbClient client = dynamoDb.client(units)) {
            String name = Tables.next();
            LocalDynamoDb.create(client, name);
            Table table = new Table(client, name);
            assertEquals(
                    1, cost(() -> table.update(IMAGE, "SET pulls = :n", Map.of(":n", Values.number(1)))), "no index");
            assertEquals(2, cost(() -> rank(table, 1)), "put into the index");
            assertEquals(3, cost(() -> rank(table, 2)), "moved in the index");
            assertEquals(
                    2, cost(() -> table.update(IMAGE, "SET pulls = :n", Map.of(":n", Values.number(2)))), "changed");
            AttributeValue twoKilobytes = Values.text("x".repeat(1_900));
            Key other = new Key("image#b", "tag#1");
            assertEquals(2, cost(() -> table.update(other, "SET note = :x", Map.of(":x", twoKilobytes))), "large");
            assertEquals(
                    1,
                    cost(() -> table.update(other, "SET pulls = :n", "pulls = :n", Map.of(":n", Values.number(7)))),
                    "in vain");
        }
    }

    private static void rank(Table table, int popularity) {
        table.update(
                IMAGE,
                "SET popularity = :p, popularityOf = :of",
                Map.of(":p", Values.number(popularity), ":of", Values.text("docker-hub")));
    }

    private double cost(Runnable write) {
        double before = units.total();
        write.run();
        return units.total() - before;
    }
}
