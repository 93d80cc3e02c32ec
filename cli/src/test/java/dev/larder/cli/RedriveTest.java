package dev.larder.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.larder.config.InvalidConfigException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlResponse;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.StartMessageMoveTaskRequest;
import software.amazon.awssdk.services.sqs.model.StartMessageMoveTaskResponse;

class RedriveTest {
    private final List<String> moved = new ArrayList<>();

    @Test
    void deadLettersGoBackToTheirQueueAndAnEmptyOneIsLeftAlone(@TempDir Path folder)
            throws IOException, InvalidConfigException {
        try (RecordedCell cell = new RecordedCell(folder)) {
            OperatedCell recorded = cell.operated;
            OperatedCell operated = new OperatedCell(
                    recorded.config(),
                    recorded.cell(),
                    recorded.dynamoDb(),
                    new LetterQueues(),
                    recorded.ecr(),
                    recorded.workloads(),
                    recorded.clock());
            String printed =
                    RecordedCell.printed(out -> RedriveCommand.redrive(operated, List.of("Pulls", "WarmOrders"), out));
            assertEquals(
                    List.of("Pulls: no dead letters", "WarmOrders: about 3 dead letters are going back"),
                    printed.lines().toList());
            assertEquals(List.of("arn:test-WarmOrders-DeadLetters"), moved);
        }
    }

    private final class LetterQueues implements SqsClient {
        @Override
        public GetQueueUrlResponse getQueueUrl(GetQueueUrlRequest request) {
            return GetQueueUrlResponse.builder().queueUrl(request.queueName()).build();
        }

        @Override
        public GetQueueAttributesResponse getQueueAttributes(GetQueueAttributesRequest request) {
            boolean full = request.queueUrl().equals("test-WarmOrders-DeadLetters");
            return GetQueueAttributesResponse.builder()
                    .attributes(Map.of(
                            QueueAttributeName.QUEUE_ARN,
                            "arn:" + request.queueUrl(),
                            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                            full ? "3" : "0"))
                    .build();
        }

        @Override
        public StartMessageMoveTaskResponse startMessageMoveTask(StartMessageMoveTaskRequest request) {
            moved.add(request.sourceArn());
            return StartMessageMoveTaskResponse.builder().taskHandle("1").build();
        }

        @Override
        public String serviceName() {
            return "sqs";
        }

        @Override
        public void close() {}
    }
}
