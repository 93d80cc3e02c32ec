package dev.larder.functions;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.larder.testevents.TestEvents;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** SQS batches of test events. */
public final class Messages {
    private Messages() {}

    /** A batch of these bodies; the messages are called 0, 1, ... */
    public static SQSEvent of(List<String> bodies) {
        List<SQSEvent.SQSMessage> messages = new ArrayList<>();
        for (String body : bodies) {
            SQSEvent.SQSMessage message = new SQSEvent.SQSMessage();
            message.setMessageId(String.valueOf(messages.size()));
            message.setBody(body);
            messages.add(message);
        }
        SQSEvent event = new SQSEvent();
        event.setRecords(messages);
        return event;
    }

    /** A batch of files. */
    public static SQSEvent files(String... names) {
        return of(Arrays.stream(names).map(TestEvents::json).toList());
    }

    /** A pull of {@code docker-hub/library/nginx:1.27} by a node, with what differs put in its place. */
    public static String pull(String repository, String tag, String role, String eventId, Instant time) {
        return TestEvents.json("cloudtrail/batch-get-image-node-role.json")
                .replace("docker-hub/library/nginx", repository)
                .replace("\"imageTag\": \"1.27\"", "\"imageTag\": \"" + tag + "\"")
                .replace("eks-node", role)
                .replaceAll("\"eventID\": \"[^\"]+\"", "\"eventID\": \"" + eventId + "\"")
                .replaceAll("\"eventTime\": \"[^\"]+\"", "\"eventTime\": \"" + time + "\"");
    }

    /** The messages that failed. */
    public static List<String> failed(SQSBatchResponse response) {
        return response.getBatchItemFailures().stream()
                .map(SQSBatchResponse.BatchItemFailure::getItemIdentifier)
                .toList();
    }
}
