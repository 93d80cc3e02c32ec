package dev.larder.functions.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.larder.events.LifecycleWork;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;

class SqsLifecycleQueueTest {
    private final List<Integer> delays = new ArrayList<>();
    private final LifecycleQueue queue = new SqsLifecycleQueue(
            new SqsClient() {
                @Override
                public SendMessageBatchResponse sendMessageBatch(SendMessageBatchRequest request) {
                    request.entries().stream()
                            .map(SendMessageBatchRequestEntry::delaySeconds)
                            .forEach(delays::add);
                    return SendMessageBatchResponse.builder().failed(List.of()).build();
                }

                @Override
                public String serviceName() {
                    return "sqs";
                }

                @Override
                public void close() {}
            },
            "queue");

    @Test
    void aPieceComesAtOnceOrAfterItsDelay() {
        LifecycleWork piece = new LifecycleWork.Select("r1", Instant.parse("2026-11-24T12:00:00Z"));
        queue.send(List.of(piece));
        queue.send(List.of(piece, piece), Duration.ofMinutes(5));
        assertEquals(List.of(0, 300, 300), delays);
    }
}
