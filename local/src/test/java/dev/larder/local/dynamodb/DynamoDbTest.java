package dev.larder.local.dynamodb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.local.front.Json;
import dev.larder.local.template.Deployed;
import dev.larder.local.template.Resource;
import dev.larder.local.template.StackTemplate;
import dev.larder.local.template.TemplateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
        dynamoDb = DynamoDb.start(folder, "eu-central-1");
        timeToLive = new TimeToLive(dynamoDb.backend());
        deploy(TABLE);
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
        ObjectNode item = request.putObject("Item");
        item.putObject("pk").put("S", key);
        item.putObject("sk").put("S", "x");
        item.putObject("expiresAt").put("N", Long.toString(expiresAt));
        dynamoDb.backend().call("PutItem", request);
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
