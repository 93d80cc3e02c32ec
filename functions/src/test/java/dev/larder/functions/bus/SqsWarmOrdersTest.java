package dev.larder.functions.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.larder.events.WarmOrder;
import dev.larder.events.WarmReason;
import dev.larder.events.image.ImageReference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;

class SqsWarmOrdersTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    private final List<Integer> delays = new ArrayList<>();
    private final WarmOrders orders = new SqsWarmOrders(
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
    void anOrderArrivesWhenItIsToBeCarriedOutButNoLaterThanTheQueueCanHoldItBack() {
        orders.send(List.of(
                order(Duration.ZERO),
                order(Duration.ofMillis(1)),
                order(Duration.ofSeconds(541)),
                order(Duration.ofHours(3))));
        assertEquals(List.of(0, 1, 541, 900), delays);
    }

    @Test
    void anOrderThatIsSentAgainWaitsAsLongAsItIsTold() {
        orders.later(order(Duration.ofHours(3)), Duration.ofSeconds(30));
        orders.later(order(Duration.ZERO), Duration.ofHours(1));
        assertEquals(List.of(30, 900), delays);
    }

    private static WarmOrder order(Duration delay) {
        return WarmOrder.atOnce(
                        "1",
                        ImageReference.parse("docker-hub/library/nginx:1.27"),
                        WarmReason.STALE,
                        List.of(),
                        false,
                        NOON)
                .at(NOON.plus(delay));
    }
}
