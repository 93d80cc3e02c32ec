package dev.larder.local.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.larder.local.front.Json;
import dev.larder.sample.Consumer;
import dev.larder.sample.Echo;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LambdaFunctionTest {
    private static final Instant THEN = Instant.parse("2031-01-01T00:00:00Z");
    private static final String ARN = "arn:aws:lambda:eu-central-1:111122223333:function:echo";

    @TempDir
    Path folder;

    private final List<String> log = new CopyOnWriteArrayList<>();
    private Functions functions;

    @BeforeEach
    void deploy() throws IOException {
        Path zip = FunctionZip.write(folder.resolve("f.zip"), Echo.class, Consumer.class);
        Path code = FunctionCode.unpack(zip, folder.resolve("unpacked"));
        functions = new Functions(new Functions.Surroundings(
                "eu-central-1",
                URI.create("http://127.0.0.1:1"),
                () -> "127.0.0.1:2",
                folder.resolve("logs"),
                InstantSource.fixed(THEN),
                settings -> "KEY-OF-" + settings.name(),
                (function, line) -> log.add(line)));
        functions.add(settings("echo", Echo.class.getName(), code));
        functions.add(settings("slow", Echo.class.getName(), code));
        functions.add(settings("consumer", Consumer.class.getName() + "::handleRequest", code));
        functions.add(settings("missing", "dev.larder.sample.Missing", code));
    }

    @AfterEach
    void close() throws IOException {
        functions.close();
    }

    @Test
    void aFunctionSeesOnlyItsOwnEnvironmentAndTheCloudsClock() {
        JsonNode seen = Json.read(functions.invoke("echo", "{\"a\":1}").payload());
        assertEquals("template", seen.path("who").asText());
        assertEquals((THEN + " ").repeat(5).strip(), seen.path("times").asText());
        String variables = seen.path("variables").asText();
        assertTrue(variables.contains("AWS_ENDPOINT_URL") && variables.contains("AWS_ACCESS_KEY_ID"), variables);
        assertFalse(variables.contains("PATH,") || variables.contains("HOME"), variables);
        assertEquals("echo", seen.path("loader").asText());
    }

    @Test
    void consoleAndLoggerReachTheLog() throws IOException {
        functions.invoke("echo:live", "{}");
        assertTrue(log.contains("console of template"), () -> "" + log);
        assertTrue(log.contains("logger of echo"), () -> "" + log);
        String file = Files.readString(folder.resolve("logs/echo.log"));
        assertTrue(file.contains(THEN + " console of template"), file);
    }

    @Test
    void whatAFunctionThrowsIsItsAnswer() {
        InvocationResult result = functions.invoke(ARN, "{\"do\":\"throw\"}");
        assertEquals(Optional.of("java.lang.IllegalStateException"), result.error());
        JsonNode error = Json.read(result.payload());
        assertEquals("told to throw", error.path("errorMessage").asText());
        assertTrue(error.path("stackTrace").path(0).asText().startsWith("dev.larder.sample.Echo.handleRequest"));
        assertEquals(Optional.empty(), functions.invoke(ARN, "{}").error());
        assertEquals(1, functions.find("echo").errors());
    }

    @Test
    void aFunctionThatTakesTooLongIsStopped() {
        InvocationResult result = functions.invoke("slow", "{\"do\":\"sleep\"}");
        assertEquals(Optional.of("Sandbox.Timedout"), result.error());
        assertTrue(result.payload().contains("Task timed out after 2.00 seconds"), result.payload());
        assertEquals(Optional.empty(), functions.invoke("echo", "{}").error());
    }

    @Test
    void aHandlerThatIsNotThereIsNamed() {
        InvocationResult result = functions.invoke("missing", "{}");
        assertTrue(
                result.payload().contains("dev.larder.sample.Missing is not in the function's zip"), result.payload());
    }

    @Test
    void eventsOfLambdasOwnTypesAreReadAndWrittenAsLambdaDoes() {
        String event = SqsEvent.of(
                List.of(message("m1", "fine"), message("m2", "poison")),
                "arn:aws:sqs:eu-central-1:1:q",
                "eu-central-1");
        InvocationResult result = functions.invoke("consumer", event);
        assertEquals("{\"batchItemFailures\":[{\"itemIdentifier\":\"m2\"}]}", result.payload());
        assertTrue(log.contains("message fine receive 1 of 2"), () -> "" + log);
    }

    private static JsonNode message(String id, String body) {
        return Json.read("{\"MessageId\":\"" + id + "\",\"ReceiptHandle\":\"r\",\"Body\":\"" + body
                + "\",\"MD5OfBody\":\"x\",\"Attributes\":{\"ApproximateReceiveCount\":\"1\"}}");
    }

    private static FunctionSettings settings(String name, String handler, Path code) {
        return new FunctionSettings(
                name,
                "arn:aws:lambda:eu-central-1:111122223333:function:" + name,
                handler,
                code,
                Duration.ofSeconds(name.equals("slow") ? 2 : 60),
                1024,
                "arn:aws:iam::111122223333:role/r",
                "java25",
                Map.of("WHO", "template"));
    }
}
