package dev.larder.functions.table;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** The few things that are done to the table: get, query, conditional update, put, delete. Never a scan. */
public final class Table {
    /** Items in one {@code BatchWriteItem} (DynamoDB's API reference). */
    private static final int BATCH = 25;

    private static final int BATCH_TRIES = 9;

    /** The most that is waited before the second try; twice as much before each one after it. */
    private static final Duration FIRST_WAIT = Duration.ofMillis(50);

    private final DynamoDbClient client;
    private final String name;
    private final Consumer<Duration> pause;
    private final DoubleSupplier random;

    /** @param name the cell's table */
    public Table(DynamoDbClient client, String name) {
        this(client, name, Table::sleep, Math::random);
    }

    /**
     * Waits in another way.
     *
     * @param pause waits for so long
     * @param random from 0 to 1: which part of the most that may be waited is waited
     */
    Table(DynamoDbClient client, String name, Consumer<Duration> pause, DoubleSupplier random) {
        this.client = client;
        this.name = name;
        this.pause = pause;
        this.random = random;
    }

    /** An interrupt ends the wait early and stays set. */
    private static void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One item, read consistently. */
    public Optional<Item> get(Key key) {
        return Optional.of(client.getItem(
                                get -> get.tableName(name).key(key.attributes()).consistentRead(true))
                        .item())
                .map(Item::new)
                .filter(Item::isPresent);
    }

    /** The items of a partition in the order of {@code sk}, page by page as they are consumed. */
    public Stream<Item> partition(String pk) {
        return client
                .queryPaginator(query -> query.tableName(name)
                        .keyConditionExpression("pk = :pk")
                        .expressionAttributeValues(Map.of(":pk", Values.text(pk))))
                .items()
                .stream()
                .map(Item::new);
    }

    /** The items of a partition whose {@code sk} starts with the text. */
    public Stream<Item> partition(String pk, String skStart) {
        return client
                .queryPaginator(query -> query.tableName(name)
                        .keyConditionExpression("pk = :pk AND begins_with(sk, :sk)")
                        .expressionAttributeValues(Map.of(":pk", Values.text(pk), ":sk", Values.text(skStart))))
                .items()
                .stream()
                .map(Item::new);
    }

    /** The items of a partition in the order of {@code sk}, with all that was written before the call. */
    public Stream<Item> consistentPartition(String pk) {
        return client
                .queryPaginator(query -> query.tableName(name)
                        .keyConditionExpression("pk = :pk")
                        .consistentRead(true)
                        .expressionAttributeValues(Map.of(":pk", Values.text(pk))))
                .items()
                .stream()
                .map(Item::new);
    }

    /** The items of a partition whose {@code sk} starts with the text, with all that was written before the call. */
    public Stream<Item> consistentPartition(String pk, String skStart) {
        return client
                .queryPaginator(query -> query.tableName(name)
                        .keyConditionExpression("pk = :pk AND begins_with(sk, :sk)")
                        .consistentRead(true)
                        .expressionAttributeValues(Map.of(":pk", Values.text(pk), ":sk", Values.text(skStart))))
                .items()
                .stream()
                .map(Item::new);
    }

    /** The items of a partition with {@code sk} from one text to another, with all that was written before the call. */
    public Stream<Item> consistentRange(String pk, String from, String to) {
        return client
                .queryPaginator(query -> query.tableName(name)
                        .keyConditionExpression("pk = :pk AND sk BETWEEN :from AND :to")
                        .consistentRead(true)
                        .expressionAttributeValues(
                                Map.of(":pk", Values.text(pk), ":from", Values.text(from), ":to", Values.text(to))))
                .items()
                .stream()
                .map(Item::new);
    }

    /** The items of a partition, the last {@code sk} first, page by page as they are consumed. */
    public Stream<Item> descending(String pk) {
        return client
                .queryPaginator(query -> query.tableName(name)
                        .keyConditionExpression("pk = :pk")
                        .scanIndexForward(false)
                        .expressionAttributeValues(Map.of(":pk", Values.text(pk))))
                .items()
                .stream()
                .map(Item::new);
    }

    /** So many items of one hash key of an index, the highest range key first; no others are read. */
    public Stream<Item> top(String index, String hashKey, String value, int count) {
        if (count <= 0) {
            return Stream.empty();
        }
        return client
                .queryPaginator(query -> query.tableName(name)
                        .indexName(index)
                        .keyConditionExpression(hashKey + " = :value")
                        .scanIndexForward(false)
                        .limit(count)
                        .expressionAttributeValues(Map.of(":value", Values.text(value))))
                .items()
                .stream()
                .limit(count)
                .map(Item::new);
    }

    /** Updates an item, or creates it. */
    public void update(Key key, String expression, Map<String, AttributeValue> values) {
        client.updateItem(update -> update.tableName(name)
                .key(key.attributes())
                .updateExpression(expression)
                .expressionAttributeValues(values));
    }

    /**
     * Updates an item, or creates it, when the condition holds.
     *
     * @return whether it held
     */
    public boolean update(Key key, String expression, String condition, Map<String, AttributeValue> values) {
        try {
            client.updateItem(update -> update.tableName(name)
                    .key(key.attributes())
                    .updateExpression(expression)
                    .conditionExpression(condition)
                    .expressionAttributeValues(values.isEmpty() ? null : values));
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false;
        }
    }

    /**
     * Updates an item, or creates it, with names that an expression cannot spell out.
     *
     * @param names placeholder to attribute
     * @return the updated attributes as they were before; those that were not there are absent
     */
    public Map<String, AttributeValue> updateReturningOld(
            Key key, String expression, Map<String, String> names, Map<String, AttributeValue> values) {
        return client.updateItem(update -> update.tableName(name)
                        .key(key.attributes())
                        .updateExpression(expression)
                        .expressionAttributeNames(names)
                        .expressionAttributeValues(values)
                        .returnValues(ReturnValue.UPDATED_OLD))
                .attributes();
    }

    /** Puts a whole item, key included. */
    public void put(Map<String, AttributeValue> item) {
        client.putItem(put -> put.tableName(name).item(item));
    }

    /**
     * Puts a whole item, key included, when the condition holds.
     *
     * @return whether it held
     */
    public boolean put(Map<String, AttributeValue> item, String condition, Map<String, AttributeValue> values) {
        try {
            client.putItem(put -> put.tableName(name)
                    .item(item)
                    .conditionExpression(condition)
                    .expressionAttributeValues(values.isEmpty() ? null : values));
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false;
        }
    }

    /**
     * Puts whole items, keys included, none twice.
     *
     * @throws IllegalStateException when the table does not take them all, however often it is asked
     */
    public void putAll(List<Map<String, AttributeValue>> items) {
        writeAll(items.stream()
                .map(item ->
                        WriteRequest.builder().putRequest(put -> put.item(item)).build())
                .toList());
    }

    /**
     * Deletes items, none named twice; those that are not there do not matter.
     *
     * @throws IllegalStateException when the table does not delete them all, however often it is asked
     */
    public void deleteAll(List<Key> keys) {
        writeAll(keys.stream()
                .map(key -> WriteRequest.builder()
                        .deleteRequest(delete -> delete.key(key.attributes()))
                        .build())
                .toList());
    }

    /** What a busy table leaves out comes again after a random wait that doubles (full jitter): at once, it is still busy. */
    private void writeAll(List<WriteRequest> writes) {
        for (int from = 0; from < writes.size(); from += BATCH) {
            List<WriteRequest> left = writes.subList(from, Math.min(writes.size(), from + BATCH));
            for (int i = 0; !left.isEmpty(); i++) {
                if (i == BATCH_TRIES) {
                    throw new IllegalStateException("could not write " + left.size() + " of " + writes.size()
                            + " items to the table " + name + ": it left them out " + i + " times");
                }
                if (i > 0) {
                    pause.accept(wait(i));
                }
                Map<String, List<WriteRequest>> batch = Map.of(name, left);
                left = client.batchWriteItem(write -> write.requestItems(batch))
                        .unprocessedItems()
                        .getOrDefault(name, List.of());
            }
        }
    }

    private Duration wait(int tries) {
        long most = FIRST_WAIT.toMillis() << (tries - 1);
        return Duration.ofMillis((long) (random.getAsDouble() * most));
    }

    /** Deletes an item; does nothing when it is not there. */
    public void delete(Key key) {
        client.deleteItem(delete -> delete.tableName(name).key(key.attributes()));
    }

    /**
     * Deletes an item when the condition holds.
     *
     * @return whether it held
     */
    public boolean delete(Key key, String condition, Map<String, AttributeValue> values) {
        try {
            client.deleteItem(delete -> delete.tableName(name)
                    .key(key.attributes())
                    .conditionExpression(condition)
                    .expressionAttributeValues(values));
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false;
        }
    }
}
