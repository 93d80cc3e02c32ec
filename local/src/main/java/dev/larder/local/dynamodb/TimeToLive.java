package dev.larder.local.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.local.aws.AwsException;
import dev.larder.local.front.Backend;
import dev.larder.local.front.Json;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Deletes items whose time is over, by the cloud's clock: DynamoDB Local goes by the machine's. It is told of each write, as
 * a scan for what is over takes DynamoDB Local an hour in a table of 400,000 items.
 */
public final class TimeToLive {
    private final Backend dynamoDb;
    private final Map<String, Watched> tables = new HashMap<>();
    private final TreeMap<Long, Set<Expiring>> due = new TreeMap<>();

    private record Watched(String attribute, List<String> keys) {}

    private record Expiring(String table, JsonNode key) {}

    /** @param dynamoDb where the tables are */
    public TimeToLive(Backend dynamoDb) {
        this.dynamoDb = dynamoDb;
    }

    /** @param attribute holds the epoch second after which an item is gone */
    synchronized void watch(String table, String attribute) {
        JsonNode schema = dynamoDb.call("DescribeTable", Json.object().put("TableName", table))
                .path("Table")
                .path("KeySchema");
        tables.put(
                table,
                new Watched(
                        attribute,
                        schema.findValues("AttributeName").stream()
                                .map(JsonNode::asText)
                                .toList()));
        ObjectNode request = Json.object().put("TableName", table).put("FilterExpression", "attribute_exists(#ttl)");
        request.putObject("ExpressionAttributeNames").put("#ttl", attribute);
        while (true) {
            ObjectNode page = dynamoDb.call("Scan", request);
            page.path("Items").forEach(item -> put(table, item));
            if (!page.hasNonNull("LastEvaluatedKey")) {
                return;
            }
            request.set("ExclusiveStartKey", page.path("LastEvaluatedKey"));
        }
    }

    /** Something was written. What an update means is left to the deletion, which is made on condition. */
    synchronized void wrote(String action, JsonNode request) {
        switch (action) {
            case "PutItem" -> put(request.path("TableName").asText(), request.path("Item"));
            case "UpdateItem" -> updated(request);
            case "BatchWriteItem" ->
                request.path("RequestItems")
                        .properties()
                        .forEach(table -> table.getValue()
                                .forEach(write -> put(
                                        table.getKey(), write.path("PutRequest").path("Item"))));
            case "TransactWriteItems" ->
                request.path("TransactItems").forEach(write -> {
                    put(
                            write.path("Put").path("TableName").asText(),
                            write.path("Put").path("Item"));
                    updated(write.path("Update"));
                });
            default -> {}
        }
    }

    private void put(String table, JsonNode item) {
        Watched watched = tables.get(table);
        if (watched != null && item.path(watched.attribute()).has("N")) {
            note(table, watched, item, item.path(watched.attribute()).path("N"));
        }
    }

    private void updated(JsonNode update) {
        String table = update.path("TableName").asText();
        Watched watched = tables.get(table);
        if (watched == null) {
            return;
        }
        boolean named = update.path("UpdateExpression").asText().contains(watched.attribute())
                || update.path("ExpressionAttributeNames").properties().stream()
                        .anyMatch(name -> name.getValue().asText().equals(watched.attribute()));
        if (named) {
            update.path("ExpressionAttributeValues").forEach(value -> {
                if (value.path("N").asText().matches("\\d{9,11}")) {
                    note(table, watched, update.path("Key"), value.path("N"));
                }
            });
        }
    }

    private void note(String table, Watched watched, JsonNode item, JsonNode expiry) {
        ObjectNode key = Json.object();
        watched.keys().forEach(name -> key.set(name, item.path(name)));
        due.computeIfAbsent(expiry.asLong(), second -> new HashSet<>()).add(new Expiring(table, key));
    }

    /**
     * Deletes what is over.
     *
     * @return how many items
     */
    public int sweep(Instant now) {
        int deleted = 0;
        for (Expiring item : over(now)) {
            deleted += delete(item, now);
        }
        return deleted;
    }

    private synchronized Set<Expiring> over(Instant now) {
        Set<Expiring> over = new HashSet<>();
        Map<Long, Set<Expiring>> before = due.headMap(now.getEpochSecond());
        before.values().forEach(over::addAll);
        before.clear();
        return over;
    }

    private int delete(Expiring item, Instant now) {
        Watched watched;
        synchronized (this) {
            watched = tables.get(item.table());
        }
        if (watched == null) {
            return 0;
        }
        ObjectNode request = Json.object().put("TableName", item.table()).put("ConditionExpression", "#ttl < :now");
        request.putObject("ExpressionAttributeNames").put("#ttl", watched.attribute());
        request.putObject("ExpressionAttributeValues").putObject(":now").put("N", Long.toString(now.getEpochSecond()));
        request.set("Key", item.key());
        try {
            dynamoDb.call("DeleteItem", request);
            return 1;
        } catch (AwsException e) {
            if (e.code().equals("ConditionalCheckFailedException")) {
                return 0; // it is gone, or somebody gave it a new time to live
            }
            throw e;
        }
    }
}
