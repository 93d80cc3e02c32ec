package dev.larder.local.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.local.aws.AwsException;
import dev.larder.local.front.Backend;
import dev.larder.local.front.Json;
import java.time.Instant;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Deletes items whose time to live is over, by the cloud's clock. DynamoDB does so within a few days; this at once. */
public final class TimeToLive {
    private final Backend dynamoDb;
    private final Map<String, String> attributes = new ConcurrentHashMap<>();

    /** Watches nothing yet. */
    public TimeToLive(Backend dynamoDb) {
        this.dynamoDb = dynamoDb;
    }

    /** @param attribute holds the epoch second after which an item is gone */
    void watch(String table, String attribute) {
        attributes.put(table, attribute);
    }

    /**
     * Deletes what is over.
     *
     * @return how many items
     */
    public int sweep(Instant now) {
        int deleted = 0;
        for (Map.Entry<String, String> entry : attributes.entrySet()) {
            deleted += sweep(entry.getKey(), entry.getValue(), now);
        }
        return deleted;
    }

    private int sweep(String table, String attribute, Instant now) {
        JsonNode keys = dynamoDb.call("DescribeTable", Json.object().put("TableName", table))
                .path("Table")
                .path("KeySchema");
        int deleted = 0;
        ObjectNode request = conditioned(table, "FilterExpression", attribute, now);
        while (true) {
            ObjectNode page = dynamoDb.call("Scan", request);
            for (JsonNode item : page.path("Items")) {
                deleted += delete(keys, item, conditioned(table, "ConditionExpression", attribute, now));
            }
            if (!page.hasNonNull("LastEvaluatedKey")) {
                return deleted;
            }
            request.set("ExclusiveStartKey", page.path("LastEvaluatedKey"));
        }
    }

    private int delete(JsonNode keys, JsonNode item, ObjectNode request) {
        ObjectNode key = request.putObject("Key");
        for (Iterator<JsonNode> each = keys.elements(); each.hasNext(); ) {
            String name = each.next().path("AttributeName").asText();
            key.set(name, item.path(name));
        }
        try {
            dynamoDb.call("DeleteItem", request);
            return 1;
        } catch (AwsException e) {
            if (e.code().equals("ConditionalCheckFailedException")) {
                return 0; // somebody gave it a new time to live meanwhile
            }
            throw e;
        }
    }

    private static ObjectNode conditioned(String table, String expression, String attribute, Instant now) {
        ObjectNode request = Json.object().put("TableName", table).put(expression, "#ttl < :now");
        request.putObject("ExpressionAttributeNames").put("#ttl", attribute);
        request.putObject("ExpressionAttributeValues").putObject(":now").put("N", Long.toString(now.getEpochSecond()));
        return request;
    }
}
