package dev.larder.local.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.larder.local.front.Json;
import dev.larder.local.front.PortInUseException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalCloudTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    static Path folder;

    private static final List<String> LOG = new CopyOnWriteArrayList<>();
    private static Path assembly = Path.of("");
    private static Options options = Options.temporary(Path.of(""));
    private static LocalCloud cloud;

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws IOException {
        assembly = SmallStack.write(folder.resolve("cdk.out"));
        options = Options.temporary(assembly)
                .withData(folder.resolve("data"))
                .withFunctionLog((function, line) -> LOG.add(function + ": " + line));
        cloud = LocalCloud.start(options);
    }

    @AfterAll
    static void stop() throws IOException {
        cloud.close();
    }

    @AfterEach
    void forget() {
        LOG.clear();
    }

    @Test
    void anEventReachesTheFunctionThroughRuleAndQueue() throws Exception {
        String answer = aws("AWSEvents.PutEvents", "events", """
                {"Entries":[{"Source":"tests","DetailType":"d","Detail":"{\\"n\\":1}"}]}""");
        assertEquals(0, Json.read(answer).path("FailedEntryCount").asInt());
        assertTrue(cloud.awaitQuiet(SOON));
        assertTrue(logged("consumer: message {\"version\":\"0\""), () -> "" + LOG);
    }

    @Test
    void onlyTheMessagesThatFailedComeAgainAndThenGoToTheDeadLetterQueue() throws Exception {
        send("poison");
        send("fine");
        assertTrue(cloud.awaitQuiet(SOON));
        cloud.advance(Duration.ofHours(1));
        assertEquals(
                1, LOG.stream().filter(line -> line.contains("message fine")).count(), () -> "" + LOG);
        assertEquals(
                3, LOG.stream().filter(line -> line.contains("message poison")).count(), () -> "" + LOG);
        JsonNode status = status();
        assertEquals(1, status.path("queues").path("failed").path("visible").asInt(), status::toString);
        assertEquals("ALARM", status.path("alarms").path("failures").asText());
    }

    @Test
    void aDayMakesAnHourlyScheduleFireTwentyFourTimesEachAtItsOwnTime() throws Exception {
        Instant before = cloud.now();
        cloud.advance(Duration.ofDays(1));
        List<String> fired = LOG.stream()
                .filter(line -> line.startsWith("echo: console of records"))
                .toList();
        assertEquals(24, fired.size(), () -> "" + LOG);
        assertTrue(!cloud.now().isBefore(before.plus(Duration.ofDays(1))));
    }

    @Test
    void anItemIsGoneWhenItsTimeIsOver() throws Exception {
        long expiresAt = cloud.now().plus(Duration.ofHours(2)).getEpochSecond();
        aws("DynamoDB_20120810.PutItem", "dynamodb", """
                {"TableName":"records","Item":{"pk":{"S":"short"},"expiresAt":{"N":"%d"}}}""".formatted(expiresAt));
        cloud.advance(Duration.ofHours(26));
        assertEquals("{}", aws("DynamoDB_20120810.GetItem", "dynamodb", """
                        {"TableName":"records","Key":{"pk":{"S":"short"}}}"""));
    }

    @Test
    void theCallersKeyIsWhoHeIs() throws Exception {
        HttpRequest request = signed("sts")
                .header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofString("Action=GetCallerIdentity&Version=2011-06-15"))
                .build();
        String answer = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        assertTrue(answer.contains("<Arn>arn:aws:iam::111122223333:user/ann</Arn>"), answer);
    }

    @Test
    void aPortThatIsInUseIsNamed() {
        Options taken = new Options(
                assembly,
                java.util.Optional.empty(),
                cloud.endpoint().getPort(),
                0,
                java.util.Optional.empty(),
                line -> {},
                (function, line) -> {});
        PortInUseException e = assertThrows(PortInUseException.class, () -> LocalCloud.start(taken));
        assertTrue(e.getMessage().contains("port " + cloud.endpoint().getPort()), e.getMessage());
        assertTrue(e.getMessage().contains("--port"), e.getMessage());
    }

    @Test
    void aRegistryPortThatIsInUseIsNamedWithItsOption() {
        Options taken = new Options(
                assembly,
                java.util.Optional.empty(),
                0,
                cloud.registry().getPort(),
                java.util.Optional.empty(),
                line -> {},
                (function, line) -> {});
        PortInUseException e = assertThrows(PortInUseException.class, () -> LocalCloud.start(taken));
        assertTrue(e.getMessage().contains("port " + cloud.registry().getPort()), e.getMessage());
        assertTrue(e.getMessage().contains("--registry-port"), e.getMessage());
    }

    @Test
    void aDataFolderThatIsInUseIsNamed() {
        IOException e = assertThrows(IOException.class, () -> LocalCloud.start(options));
        assertTrue(e.getMessage().contains("is in use by another local cloud"), e.getMessage());
    }

    @Test
    void aFolderThatNobodySynthesizedIsNamed() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("empty"));
        IOException e = assertThrows(IOException.class, () -> LocalCloud.start(Options.temporary(empty)));
        assertTrue(e.getMessage().contains("has no manifest.json"), e.getMessage());
    }

    @Test
    void theClockMovesOverHttp() throws Exception {
        Instant before = cloud.now();
        HttpRequest move = HttpRequest.newBuilder(cloud.endpoint().resolve("/_larder/clock"))
                .POST(HttpRequest.BodyPublishers.ofString("{\"advance\":\"PT25H\"}"))
                .build();
        JsonNode answer =
                Json.read(http.send(move, HttpResponse.BodyHandlers.ofString()).body());
        assertTrue(!Instant.parse(answer.path("now").asText()).isBefore(before.plus(Duration.ofHours(25))));
        HttpRequest wrong = HttpRequest.newBuilder(cloud.endpoint().resolve("/_larder/clock"))
                .POST(HttpRequest.BodyPublishers.ofString("{\"advance\":\"tomorrow\"}"))
                .build();
        HttpResponse<String> refused = http.send(wrong, HttpResponse.BodyHandlers.ofString());
        assertEquals(400, refused.statusCode());
        assertTrue(refused.body().contains("'tomorrow' is no duration"), refused.body());
    }

    @Test
    void ecrsRatesAreReadSetAndPutBackOverHttp() throws Exception {
        HttpRequest.Builder rates = HttpRequest.newBuilder(cloud.endpoint().resolve("/_larder/ecr-rates"));
        JsonNode published = json(rates.GET().build());
        assertEquals(10, published.path("PutImage").asDouble());
        assertTrue(published.path("DescribeImages").isMissingNode());

        JsonNode set = json(rates.POST(HttpRequest.BodyPublishers.ofString("{\"PutImage\":50,\"DescribeImages\":2.5}"))
                .build());
        assertEquals(50, set.path("PutImage").asDouble());
        assertEquals(2.5, set.path("DescribeImages").asDouble());
        for (String wrong : List.of("{\"PutImages\":1}", "{\"PutImage\":\"many\"}", "{\"PutImage\":0}")) {
            HttpRequest request =
                    rates.POST(HttpRequest.BodyPublishers.ofString(wrong)).build();
            assertEquals(
                    400,
                    http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode(),
                    wrong);
        }
        assertEquals(set, json(rates.GET().build()));
        assertEquals(published, json(rates.DELETE().build()));
    }

    private JsonNode json(HttpRequest request) throws Exception {
        return Json.read(
                http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    private static boolean logged(String start) {
        return LOG.stream().anyMatch(line -> line.startsWith(start));
    }

    private void send(String body) throws Exception {
        aws(
                "AmazonSQS.SendMessage",
                "sqs",
                "{\"QueueUrl\":\"" + cloud.outputs().get("WorkUrl") + "\",\"MessageBody\":\"" + body + "\"}");
    }

    private JsonNode status() throws Exception {
        URI address = cloud.endpoint().resolve("/_larder/status");
        return Json.read(http.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
                .body());
    }

    private String aws(String target, String service, String body) throws Exception {
        HttpRequest request = signed(service)
                .header("X-Amz-Target", target)
                .header("Content-Type", "application/x-amz-json-1.0")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        assertEquals(200, answer.statusCode(), answer.body());
        return answer.body();
    }

    private HttpRequest.Builder signed(String service) {
        return HttpRequest.newBuilder(cloud.endpoint())
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=ann/20261124/eu-central-1/" + service
                                + "/aws4_request, SignedHeaders=host, Signature=0");
    }
}
