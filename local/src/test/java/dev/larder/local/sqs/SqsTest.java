package dev.larder.local.sqs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.local.aws.AwsException;
import dev.larder.local.front.Json;
import dev.larder.local.template.Resource;
import dev.larder.local.template.StackTemplate;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqsTest {
    @TempDir
    Path folder;

    private volatile Instant now = Instant.parse("2026-11-24T12:00:00Z");
    private Sqs sqs;

    @BeforeEach
    void start() throws IOException {
        sqs = Sqs.start("111122223333", "eu-central-1", 4566, Optional.of(folder), () -> now);
        deploy();
    }

    @AfterEach
    void stop() throws IOException {
        sqs.close();
    }

    @Test
    void aMessageIsVisibleAgainWhenTheCloudsClockSaysSoAndEndsInTheDeadLetterQueue() {
        sqs.send("q", "hello");
        assertEquals(List.of("hello"), receive());
        assertEquals(List.of(), receive());
        now = now.plus(Duration.ofSeconds(361));
        assertEquals(List.of("hello"), receive());
        now = now.plus(Duration.ofSeconds(361));
        assertEquals(List.of(), receive());
        assertEquals(new Sqs.Depth(1, 0, 0), sqs.depth("dlq"));
    }

    @Test
    void aMoveTaskGivesDeadLettersBackToTheirQueue() throws InterruptedException {
        List<String> told = new ArrayList<>();
        sqs.onChange(() -> told.add("x"));
        sqs.send("q", "hello");
        for (int i = 0; i < 3; i++) {
            receive();
            now = now.plus(Duration.ofSeconds(361));
        }
        assertEquals(1, sqs.depth("dlq").visible());
        assertEquals(0, sqs.depth("q").visible());
        told.clear();
        sqs.call("StartMessageMoveTask", Json.object().put("SourceArn", sqs.arn("dlq")));
        List<String> back = receive();
        for (int i = 0; i < 100 && back.isEmpty(); i++) {
            Thread.sleep(50);
            back = receive();
        }
        assertEquals(List.of("hello"), back);
        assertEquals(1, told.size());
        assertEquals(0, sqs.depth("dlq").visible());
    }

    @Test
    void aRestartKeepsQueuesAndMessages() throws IOException {
        sqs.send("q", "kept");
        sqs.close();
        sqs = Sqs.start("111122223333", "eu-central-1", 4566, Optional.of(folder), () -> now);
        deploy();
        assertEquals(List.of("kept"), receive());
    }

    @Test
    void anotherCloudInTheProcessHasItsOwnQueuesAndItsOwnClock(@TempDir Path other) throws IOException {
        sqs.send("q", "mine");
        try (Sqs second = Sqs.start("111122223333", "eu-central-1", 4566, Optional.of(other), InstantSource.system())) {
            assertThrows(AwsException.class, () -> second.depth("q"));
        }
        assertEquals(List.of("mine"), receive());
    }

    @Test
    void aDelayIsOfTheCloudsTime() {
        sqs.call(
                "SendMessage",
                Json.object()
                        .put("QueueUrl", sqs.url("q"))
                        .put("MessageBody", "later")
                        .put("DelaySeconds", 900));
        assertEquals(new Sqs.Depth(0, 0, 1), sqs.depth("q"));
        now = now.plus(Duration.ofSeconds(901));
        assertEquals(new Sqs.Depth(1, 0, 0), sqs.depth("q"));
        assertEquals(List.of("later"), receive());
    }

    @Test
    void whoConsumesLearnsOfAMessageAtOnce() {
        List<String> told = new ArrayList<>();
        sqs.onChange(() -> told.add("x"));
        sqs.send("q", "hello");
        assertEquals(1, told.size());
    }

    @Test
    void queueUrlsShowTheFront() {
        assertEquals(
                "http://127.0.0.1:4566/111122223333/q",
                sqs.call("GetQueueUrl", Json.object().put("QueueName", "q"))
                        .path("QueueUrl")
                        .asText());
    }

    private void deploy() {
        deploy("D", "{\"QueueName\":\"dlq\",\"MessageRetentionPeriod\":1209600}");
        deploy("Q", """
                {"QueueName":"q","VisibilityTimeout":360,"SqsManagedSseEnabled":true,
                 "RedrivePolicy":{"deadLetterTargetArn":"arn:aws:sqs:eu-central-1:111122223333:dlq","maxReceiveCount":2}}""");
    }

    private void deploy(String id, String properties) {
        StackTemplate stack =
                new StackTemplate("s", "111122223333", "eu-central-1", Json.object(), List.of(), Map.of());
        new QueueType(sqs, new ArrayList<>()).deploy(new Resource(stack, id, "AWS::SQS::Queue", Json.read(properties)));
    }

    private List<String> receive() {
        ObjectNode request = Json.object().put("QueueUrl", sqs.url("q")).put("WaitTimeSeconds", 0);
        List<String> bodies = new ArrayList<>();
        for (JsonNode message : sqs.call("ReceiveMessage", request).path("Messages")) {
            bodies.add(message.path("Body").asText());
        }
        return bodies;
    }
}
