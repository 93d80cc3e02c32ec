package dev.larder.benchmarks;

import dev.larder.events.Event;
import dev.larder.events.EventParser;
import dev.larder.events.MalformedEventException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** How many events a second one core parses. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
public class ParseEvents {
    /** A file of test-events. */
    @Param({"cloudtrail/batch-get-image-node-role", "ecr/pull-through-success", "larder/warm-order-stale"})
    public String event = "";

    private String json = "";

    /** Reads the file. */
    @Setup
    public void read() throws IOException {
        String name = "/test-events/" + event + ".json";
        try (InputStream file = ParseEvents.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IOException("no " + name + " on the class path; build the module test-events");
            }
            json = new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** One event. */
    @Benchmark
    public Event parse() throws MalformedEventException {
        return EventParser.parse(json);
    }
}
