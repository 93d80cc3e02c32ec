package dev.larder.benchmarks.usage;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.larder.domain.usage.EventHash;
import dev.larder.events.ApiCall.BatchGetImage;
import dev.larder.functions.table.Key;
import dev.larder.functions.table.Table;
import dev.larder.functions.table.Values;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * The same counter, each message handled once in the way of AWS Lambda Powertools' idempotency utility with its DynamoDB
 * persistence: a record of the message is put as in progress when there is none, or an expired one; the message is handled;
 * the record is completed with its result and the time until which it holds. (Only the requests to DynamoDB are alike.)
 */
public final class IdempotentCounter implements Subject {
    private static final Duration KEPT = Duration.ofDays(14);

    /** What is left of the function's time, as the utility asks it from the context. */
    private static final Duration LEFT = Duration.ofSeconds(30);

    private final DynamoDbClient client;
    private final String name;
    private final Table table;
    private final OneWritePerPull counter;

    /** @param name of the table for the counts and the records */
    public IdempotentCounter(DynamoDbClient client, String name) {
        this.client = client;
        this.name = name;
        this.table = new Table(client, name);
        this.counter = new OneWritePerPull(table, false);
    }

    @Override
    public String name() {
        return "idempotent, per message";
    }

    @Override
    public void handle(SQSEvent batch, Instant now) {
        batch.getRecords().forEach(message -> once(message, now));
    }

    private void once(SQSMessage message, Instant now) {
        BatchGetImage pull = OneWritePerPull.parsed(message.getBody());
        Key record = new Key("UsageCounter.handle#" + EventHash.of(pull.call().eventId()), "record");
        if (begun(record, now)) {
            counter.count(pull);
            table.update(
                    record,
                    "SET expiresAt = :expires, progress = :progress, outcome = :outcome",
                    Map.of(
                            ":expires", Values.expiry(now.plus(KEPT)),
                            ":progress", Values.text("COMPLETED"),
                            ":outcome", Values.text("true")));
        }
    }

    private boolean begun(Key record, Instant now) {
        Map<String, AttributeValue> item = new HashMap<>(record.attributes());
        item.put("expiresAt", Values.expiry(now.plus(KEPT)));
        item.put("inProgressUntil", Values.number(now.plus(LEFT).toEpochMilli()));
        item.put("progress", Values.text("INPROGRESS"));
        try {
            client.putItem(put -> put.tableName(name)
                    .item(item)
                    .conditionExpression("attribute_not_exists(pk) OR expiresAt < :now"
                            + " OR (progress = :begun AND inProgressUntil < :millis)")
                    .expressionAttributeValues(Map.of(
                            ":now", Values.expiry(now),
                            ":millis", Values.number(now.toEpochMilli()),
                            ":begun", Values.text("INPROGRESS"))));
            return true;
        } catch (ConditionalCheckFailedException secondTime) {
            return false;
        }
    }
}
