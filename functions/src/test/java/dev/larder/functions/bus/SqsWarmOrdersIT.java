package dev.larder.functions.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.larder.events.WarmOrder;
import dev.larder.events.WarmReason;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.Platform;
import dev.larder.functions.table.LocalStackCloud;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.localstack.LocalStackContainer;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** Warm orders through LocalStack's SQS; skipped where there is no Docker. */
@Testcontainers(disabledWithoutDocker = true)
class SqsWarmOrdersIT {
    @Container
    private static final LocalStackContainer CLOUD = LocalStackCloud.container();

    @Test
    void moreOrdersThanOneCallTakesAllArriveAsTheyWere() {
        SqsClient sqs = LocalStackCloud.sqs(CLOUD);
        String queue = sqs.createQueue(create -> create.queueName("WarmOrders")).queueUrl();
        List<WarmOrder> orders =
                IntStream.range(0, 11).mapToObj(SqsWarmOrdersIT::order).toList();

        new SqsWarmOrders(sqs, queue).send(orders);

        Set<String> bodies = new TreeSet<>();
        for (int i = 0; i < 20 && bodies.size() < orders.size(); i++) {
            sqs
                    .receiveMessage(receive ->
                            receive.queueUrl(queue).maxNumberOfMessages(10).waitTimeSeconds(1))
                    .messages()
                    .stream()
                    .map(Message::body)
                    .forEach(bodies::add);
        }
        assertEquals(orders.stream().map(WarmOrder::toJson).collect(Collectors.toCollection(TreeSet::new)), bodies);
    }

    private static WarmOrder order(int number) {
        return WarmOrder.atOnce(
                "run/" + number,
                (Tagged) ImageReference.parse("docker-hub/library/nginx:1." + number),
                WarmReason.PINNED,
                List.of(Platform.parse("linux/amd64")),
                false,
                Instant.parse("2026-11-24T12:00:00Z"));
    }
}
