package dev.larder.local.lambda;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.local.front.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The event that an SQS event source mapping gives to a function, and what it reads from the answer (Lambda guide). */
final class SqsEvent {
    private static final JsonMapper JSON = new JsonMapper();

    private SqsEvent() {}

    static String of(List<JsonNode> messages, String queueArn, String region) {
        ObjectNode event = Json.object();
        ArrayNode records = event.putArray("Records");
        for (JsonNode message : messages) {
            ObjectNode entry = records.addObject();
            entry.put("messageId", message.path("MessageId").asText());
            entry.put("receiptHandle", message.path("ReceiptHandle").asText());
            entry.put("body", message.path("Body").asText());
            entry.set("attributes", message.path("Attributes"));
            entry.set("messageAttributes", attributes(message.path("MessageAttributes")));
            entry.put("md5OfBody", message.path("MD5OfBody").asText());
            entry.put("eventSource", "aws:sqs").put("eventSourceARN", queueArn).put("awsRegion", region);
        }
        return event.toString();
    }

    private static ObjectNode attributes(JsonNode given) {
        ObjectNode attributes = Json.object();
        given.properties().forEach(attribute -> {
            ObjectNode value = attributes.putObject(attribute.getKey());
            value.put("dataType", attribute.getValue().path("DataType").asText());
            value.set("stringValue", attribute.getValue().path("StringValue"));
            value.putArray("stringListValues");
            value.putArray("binaryListValues");
        });
        return attributes;
    }

    /**
     * The messages that failed, by the answer to {@code ReportBatchItemFailures}. An answer that Lambda does not
     * understand, or that names a message which is not in the batch, means that all failed.
     */
    static Set<String> failures(String answer, Set<String> batch) {
        Optional<JsonNode> parsed = parse(answer);
        if (parsed.isEmpty()) {
            return batch;
        }
        JsonNode list = parsed.get().path("batchItemFailures");
        Set<String> failed = new HashSet<>();
        for (JsonNode item : list) {
            String id = item.path("itemIdentifier").asText("");
            if (!batch.contains(id)) {
                return batch;
            }
            failed.add(id);
        }
        return failed;
    }

    private static Optional<JsonNode> parse(String answer) {
        if (answer.isBlank()) {
            return Optional.of(Json.object());
        }
        try {
            return Optional.of(JSON.readTree(answer));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
