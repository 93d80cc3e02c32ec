package dev.larder.local.dynamodb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.local.aws.Caller;
import dev.larder.local.front.Call;
import dev.larder.local.front.Json;
import dev.larder.local.template.Deployed;
import dev.larder.local.template.Resource;
import dev.larder.local.template.StackTemplate;
import dev.larder.local.template.TemplateException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DynamoDbTest {
    private static final String TABLE = """
            {"TableName":"table","BillingMode":"PAY_PER_REQUEST",
             "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"},{"AttributeName":"sk","AttributeType":"S"}],
             "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},{"AttributeName":"sk","KeyType":"RANGE"}],
             "TimeToLiveSpecification":{"AttributeName":"expiresAt","Enabled":true}}""";

    @TempDir
    Path folder;

    private DynamoDb dynamoDb;
    private TimeToLive timeToLive;

    @BeforeEach
    void start() throws IOException {
        dynamoDb = DynamoDb.start(folder, "eu-central-1");
        timeToLive = new TimeToLive(dynamoDb.backend());
        deploy(TABLE);
    }

    @AfterEach
    void stop() throws IOException {
        dynamoDb.close();
    }

    @Test
    void aRestartKeepsTheItems() throws IOException {
        put("kept", 10);
        dynamoDb.close();
        start();
        assertEquals(List.of("kept"), keys());
    }

    @Test
    void itWritesAhead() {
        put("there", 10);
        assertTrue(Files.exists(folder.resolve("shared-local-instance.db-wal")), "SQLite keeps no write-ahead log");
    }

    @Test
    void itemsWhoseTimeIsOverAreDeletedByTheGivenTime() {
        put("over", 1000);
        put("young", 2000);
        assertEquals(1, timeToLive.sweep(Instant.ofEpochSecond(1500)));
        assertEquals(List.of("young"), keys());
        assertEquals(0, timeToLive.sweep(Instant.ofEpochSecond(1500)));
    }

    @Test
    void whatWasThereBeforeARestartIsDeletedAsWell() throws IOException {
        put("over", 1000);
        dynamoDb.close();
        start();
        assertEquals(1, timeToLive.sweep(Instant.ofEpochSecond(1500)));
        assertEquals(List.of(), keys());
    }

    @Test
    void anItemThatGotANewTimeIsDeletedByThat() {
        put("kept", 1_700_000_000);
        write("UpdateItem", update("kept", 1_700_002_000));
        assertEquals(0, timeToLive.sweep(Instant.ofEpochSecond(1_700_001_000)));
        assertEquals(List.of("kept"), keys());
        assertEquals(1, timeToLive.sweep(Instant.ofEpochSecond(1_700_003_000)));
    }

    @Test
    void writesOfManyItemsAreSeenAndRefusedOnesAreNot() {
        ObjectNode transaction = Json.object();
        ObjectNode both = transaction.putArray("TransactItems").addObject();
        both.set("Update", update("updated", 1_700_000_000));
        ObjectNode put = Json.object().put("TableName", "table");
        put.set("Item", item("put", 1_700_000_000));
        ((ArrayNode) transaction.path("TransactItems")).addObject().set("Put", put);
        write("TransactWriteItems", transaction);
        ObjectNode batch = Json.object();
        batch.putObject("RequestItems")
                .putArray("table")
                .addObject()
                .putObject("PutRequest")
                .set("Item", item("batch", 1_700_000_000));
        write("BatchWriteItem", batch);
        put("young", 1_800_000_000);
        ObjectNode refused = update("young", 1_700_000_000).put("ConditionExpression", "attribute_not_exists(pk)");
        assertEquals(400, write("UpdateItem", refused));
        assertEquals(3, timeToLive.sweep(Instant.ofEpochSecond(1_700_000_001)));
        assertEquals(List.of("young"), keys());
    }

    private static ObjectNode update(String key, long expiresAt) {
        ObjectNode request =
                Json.object().put("TableName", "table").put("UpdateExpression", "SET #e = :expiry, n = :n");
        ObjectNode item = item(key, expiresAt);
        request.putObject("ExpressionAttributeNames").put("#e", "expiresAt");
        request.putObject("ExpressionAttributeValues").set(":expiry", item.path("expiresAt"));
        ((ObjectNode) request.path("ExpressionAttributeValues")).putObject(":n").put("N", "7");
        item.remove("expiresAt");
        request.set("Key", item);
        return request;
    }

    private static ObjectNode item(String key, long expiresAt) {
        ObjectNode item = Json.object();
        item.putObject("pk").put("S", key);
        item.putObject("sk").put("S", "x");
        item.putObject("expiresAt").put("N", Long.toString(expiresAt));
        return item;
    }

    /** As a client writes. */
    private int write(String action, ObjectNode request) {
        Call call = new Call(
                "POST",
                "/",
                "",
                Map.of("x-amz-target", "DynamoDB_20120810." + action, "content-type", "application/x-amz-json-1.0"),
                request.toString().getBytes(StandardCharsets.UTF_8),
                new Caller("111122223333", "key", "somebody", Optional.empty()));
        return new WatchedWrites(dynamoDb.backend(), timeToLive).handle(call).status();
    }

    @Test
    void anotherKeyThanTheFoldersIsRefused() {
        TemplateException e = assertThrows(
                TemplateException.class, () -> deploy(TABLE.replace("\"sk\",\"KeyType\"", "\"other\",\"KeyType\"")));
        assertTrue(e.getMessage().contains("Start with an empty --data folder"), e.getMessage());
    }

    private Deployed deploy(String properties) throws TemplateException {
        StackTemplate stack = new StackTemplate("s", "1", "eu-central-1", Json.object(), List.of(), Map.of());
        return new TableType("AWS::DynamoDB::Table", dynamoDb.backend(), timeToLive)
                .deploy(new Resource(stack, "T", "AWS::DynamoDB::Table", Json.read(properties)));
    }

    private void put(String key, long expiresAt) {
        ObjectNode request = Json.object().put("TableName", "table");
        request.set("Item", item(key, expiresAt));
        assertEquals(200, write("PutItem", request));
    }

    private List<String> keys() {
        return dynamoDb
                .backend()
                .call("Scan", Json.object().put("TableName", "table"))
                .path("Items")
                .findValues("pk")
                .stream()
                .map(key -> key.path("S").asText())
                .toList();
    }
}
