package dev.larder.infra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.larder.infra.Template.Resource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueuesTest {
    private static final String QUEUE = "AWS::SQS::Queue";

    private final Template template = Synthesized.account();

    @ParameterizedTest
    @CsvSource(textBlock = """
            Pulls,       UsageRecorder,     500, 5, 0, 360
            CacheEvents, CacheEventHandler, 100, 1, 0, 360
            WarmOrders,  WarmWorker,        5,   0, 5, 1800
            LifecycleWork, LifecycleWorker, 1,   0, 4, 5400
            """)
    void eachQueueIsReadThroughTheAliasAndEndsInItsDeadLetters(
            String name, String reader, int batch, int window, int concurrency, int visibility) {
        Resource queue = queue(name);
        assertEquals(visibility, queue.properties().path("VisibilityTimeout").asInt());
        assertTrue(queue.properties().path("SqsManagedSseEnabled").asBoolean());
        JsonNode redrive = queue.properties().path("RedrivePolicy");
        assertEquals(3, redrive.path("maxReceiveCount").asInt());
        assertEquals(
                "platform-cache-" + name + "-DeadLetters",
                template.target(redrive.path("deadLetterTargetArn")).text("QueueName"));

        List<Resource> mappings = template.resources("AWS::Lambda::EventSourceMapping")
                .filter(mapping -> template.target(mapping.properties().path("EventSourceArn"))
                        .id()
                        .equals(queue.id()))
                .toList();
        assertEquals(1, mappings.size());
        JsonNode mapping = mappings.getFirst().properties();
        Resource alias = template.target(mapping.path("FunctionName"));
        assertEquals("live", alias.text("Name"));
        assertEquals(
                "platform-cache-" + reader,
                template.target(alias.properties().path("FunctionName")).text("FunctionName"));
        assertEquals(batch, mapping.path("BatchSize").asInt());
        assertEquals(window, mapping.path("MaximumBatchingWindowInSeconds").asInt());
        assertEquals(
                concurrency,
                mapping.path("ScalingConfig").path("MaximumConcurrency").asInt());
        assertEquals(
                "[\"ReportBatchItemFailures\"]",
                mapping.path("FunctionResponseTypes").toString());
    }

    @Test
    void everyDeadLetterIsKeptForFourteenDaysAndRaisesAnAlarm() {
        Set<String> watched = template.resources("AWS::CloudWatch::Alarm")
                .filter(alarm -> alarm.text("Namespace").equals("AWS/SQS"))
                .map(alarm -> {
                    assertEquals("ApproximateNumberOfMessagesVisible", alarm.text("MetricName"));
                    assertEquals("GreaterThanThreshold", alarm.text("ComparisonOperator"));
                    assertEquals(0, alarm.properties().path("Threshold").asInt());
                    return template.target(alarm.properties()
                                    .path("Dimensions")
                                    .path(0)
                                    .path("Value"))
                            .id();
                })
                .collect(Collectors.toSet());
        List<Resource> deadLetters = template.resources(QUEUE)
                .filter(queue -> queue.text("QueueName").endsWith("-DeadLetters"))
                .toList();
        assertEquals(8, deadLetters.size());
        for (Resource queue : deadLetters) {
            assertEquals(
                    14 * 24 * 60 * 60,
                    queue.properties().path("MessageRetentionPeriod").asInt());
            assertTrue(queue.properties().path("SqsManagedSseEnabled").asBoolean());
            assertTrue(watched.contains(queue.id()), queue.id());
        }
    }

    @Test
    void onlyTheRulesOfAQueueMaySendToItAndItsDeadLetters() {
        assertEquals(
                Set.of(
                        "platform-cache-Pulls <- BatchGetImage",
                        "platform-cache-Pulls-DeadLetters <- BatchGetImage",
                        "platform-cache-CacheEvents <- ECR",
                        "platform-cache-CacheEvents <- CreateRepository",
                        "platform-cache-CacheEvents-DeadLetters <- ECR",
                        "platform-cache-CacheEvents-DeadLetters <- CreateRepository"),
                template.resources("AWS::SQS::QueuePolicy")
                        .flatMap(policy -> {
                            Resource queue = template.target(
                                    policy.properties().path("Queues").path(0));
                            return policy.properties()
                                    .path("PolicyDocument")
                                    .path("Statement")
                                    .valueStream()
                                    .map(statement -> queue.text("QueueName") + " <- " + sender(queue, statement));
                        })
                        .collect(Collectors.toSet()));
    }

    private String sender(Resource queue, JsonNode statement) {
        assertEquals("sqs:SendMessage", statement.path("Action").asText());
        assertEquals(
                "{\"Service\":\"events.amazonaws.com\"}",
                statement.path("Principal").toString());
        assertEquals(queue.id(), template.target(statement.path("Resource")).id());
        JsonNode rule = template.target(
                        statement.path("Condition").path("ArnEquals").path("aws:SourceArn"))
                .properties();
        String call = rule.path("EventPattern")
                .path("detail")
                .path("eventName")
                .path(0)
                .asText();
        return call.isEmpty() ? "ECR" : call;
    }

    private Resource queue(String name) {
        return template.resource(QUEUE, "QueueName", "platform-cache-" + name);
    }
}
