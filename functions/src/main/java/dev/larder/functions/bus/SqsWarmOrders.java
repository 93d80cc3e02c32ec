package dev.larder.functions.bus;

import dev.larder.events.WarmOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;

/** {@link WarmOrders} in SQS. */
public final class SqsWarmOrders implements WarmOrders {
    /** Entries in one {@code SendMessageBatch} (SQS's API reference). */
    private static final int ENTRIES = 10;

    private final SqsClient client;
    private final String queueUrl;

    /** @param queueUrl of the queue WarmOrders */
    public SqsWarmOrders(SqsClient client, String queueUrl) {
        this.client = client;
        this.queueUrl = queueUrl;
    }

    @Override
    public void send(List<WarmOrder> orders) {
        for (int from = 0; from < orders.size(); from += ENTRIES) {
            List<SendMessageBatchRequestEntry> entries = new ArrayList<>();
            for (WarmOrder order : orders.subList(from, Math.min(orders.size(), from + ENTRIES))) {
                entries.add(SendMessageBatchRequestEntry.builder()
                        .id(String.valueOf(entries.size()))
                        .messageBody(order.toJson())
                        .delaySeconds(seconds(Duration.between(order.requestedAt(), order.notBefore())))
                        .build());
            }
            sendAll(entries);
        }
    }

    @Override
    public void later(WarmOrder order, Duration delay) {
        sendAll(List.of(SendMessageBatchRequestEntry.builder()
                .id("0")
                .messageBody(order.toJson())
                .delaySeconds(seconds(delay))
                .build()));
    }

    private void sendAll(List<SendMessageBatchRequestEntry> entries) {
        SendMessageBatchResponse answer =
                client.sendMessageBatch(send -> send.queueUrl(queueUrl).entries(entries));
        answer.failed().stream().findFirst().ifPresent(failed -> {
            throw new IllegalStateException(
                    "could not send a warm order to " + queueUrl + ": " + failed.code() + ": " + failed.message());
        });
    }

    /** Whole ones, rounded up, so that no order comes early: 0 to 900. */
    private static int seconds(Duration delay) {
        long up = delay.plusNanos(999_999_999).toSeconds();
        return Math.toIntExact(Math.clamp(up, 0, LONGEST_DELAY.toSeconds()));
    }
}
