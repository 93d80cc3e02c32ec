package dev.larder.functions.sweep;

import dev.larder.events.LifecycleWork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;

/** {@link LifecycleQueue} in SQS. */
public final class SqsLifecycleQueue implements LifecycleQueue {
    /** Entries in one {@code SendMessageBatch}, and bytes in all of them (SQS's API reference). */
    private static final int ENTRIES = 10;

    private static final int BYTES = 256 * 1024;

    private final SqsClient client;
    private final String queueUrl;

    /** @param queueUrl of the queue LifecycleWork */
    public SqsLifecycleQueue(SqsClient client, String queueUrl) {
        this.client = client;
        this.queueUrl = queueUrl;
    }

    @Override
    public void send(List<? extends LifecycleWork> work, Duration delay) {
        List<SendMessageBatchRequestEntry> entries = new ArrayList<>();
        int bytes = 0;
        for (LifecycleWork piece : work) {
            String body = piece.toJson();
            if (entries.size() == ENTRIES || (!entries.isEmpty() && bytes + body.length() > BYTES)) {
                sendAll(entries);
                entries.clear();
                bytes = 0;
            }
            entries.add(SendMessageBatchRequestEntry.builder()
                    .id(String.valueOf(entries.size()))
                    .messageBody(body)
                    .delaySeconds(Math.toIntExact(delay.toSeconds()))
                    .build());
            bytes += body.length();
        }
        if (!entries.isEmpty()) {
            sendAll(entries);
        }
    }

    private void sendAll(List<SendMessageBatchRequestEntry> entries) {
        SendMessageBatchResponse answer =
                client.sendMessageBatch(send -> send.queueUrl(queueUrl).entries(List.copyOf(entries)));
        answer.failed().stream().findFirst().ifPresent(failed -> {
            throw new IllegalStateException("could not send a piece of a sweep to " + queueUrl + ": " + failed.code()
                    + ": " + failed.message());
        });
    }
}
