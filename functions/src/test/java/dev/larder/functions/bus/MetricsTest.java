package dev.larder.functions.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricsTest {
    @Test
    void oneLineHoldsTheCountsAndSaysWhichOfThemAreMetrics() throws IOException {
        List<String> lines = new ArrayList<>();
        Metrics metrics = new Metrics("WarmWorker", lines::add);
        metrics.add(Metrics.RECEIVED, 2);
        metrics.add(Metrics.RECEIVED, 3);
        metrics.add(Metrics.EVICTED_BYTES, 70);
        metrics.flush(Instant.ofEpochMilli(1234));
        Map<String, Object> line = JSON.std.mapFrom(lines.getFirst());
        assertEquals("WarmWorker", line.get("Function"));
        assertEquals(5, line.get("Received"));
        assertEquals(
                Map.of(
                        "Timestamp",
                        1234,
                        "CloudWatchMetrics",
                        List.of(Map.of(
                                "Namespace", "Larder",
                                "Dimensions", List.of(List.of("Function")),
                                "Metrics",
                                        List.of(
                                                Map.of("Name", "EvictedBytes", "Unit", "Bytes"),
                                                Map.of("Name", "Received", "Unit", "Count"))))),
                line.get("_aws"));
    }

    @Test
    void afterALineTheCountsStartAgain() throws IOException {
        List<String> lines = new ArrayList<>();
        Metrics metrics = new Metrics("WarmWorker", lines::add);
        metrics.add(Metrics.RECEIVED, 2);
        metrics.flush(Instant.EPOCH);
        metrics.add(Metrics.HANDLED, 1);
        metrics.flush(Instant.EPOCH);
        assertEquals(false, JSON.std.mapFrom(lines.getLast()).containsKey("Received"));
    }

    @Test
    void theFunctionIsNamedAsTheAccountKnowsIt() throws IOException {
        assertEquals("larder-WarmWorker", function(Map.of("AWS_LAMBDA_FUNCTION_NAME", "larder-WarmWorker")));
        assertEquals("WarmWorker", function(Map.of()), "where no Lambda runs it");
    }

    private static Object function(Map<String, String> environment) throws IOException {
        PrintStream console = System.out;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setOut(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            Metrics.of("WarmWorker", environment).flush(Instant.EPOCH);
        } finally {
            System.setOut(console);
        }
        return JSON.std.mapFrom(log.toString(StandardCharsets.UTF_8)).get(Metrics.FUNCTION);
    }
}
