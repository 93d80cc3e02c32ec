package dev.larder.local.lambda;

import dev.larder.local.front.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** A function with as many execution environments as it has needed at a time. */
public final class LambdaFunction implements AutoCloseable {
    private final FunctionSettings settings;
    private final Map<String, String> environment;
    private final InstantSource clock;
    private final FunctionLog log;
    private final Deque<ExecutionEnvironment> idle = new ArrayDeque<>();
    private final AtomicInteger invocations = new AtomicInteger();
    private final AtomicInteger errors = new AtomicInteger();
    private volatile Optional<String> lastError = Optional.empty();

    LambdaFunction(FunctionSettings settings, Map<String, String> environment, InstantSource clock, FunctionLog log) {
        this.settings = settings;
        this.environment = Map.copyOf(environment);
        this.clock = clock;
        this.log = log;
    }

    /** What the template says. */
    public FunctionSettings settings() {
        return settings;
    }

    /** How often it was invoked since the start. */
    public int invocations() {
        return invocations.get();
    }

    /** How often it failed since the start. */
    public int errors() {
        return errors.get();
    }

    /** The last error as JSON. */
    public Optional<String> lastError() {
        return lastError;
    }

    /** Invokes the function and waits; never throws for what the function does. */
    InvocationResult invoke(String event, String invokedArn) {
        String requestId = Json.requestId();
        invocations.incrementAndGet();
        log.line("START RequestId: " + requestId);
        long start = System.nanoTime();
        InvocationResult result = run(event, requestId, invokedArn);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        if (result.error().isPresent()) {
            errors.incrementAndGet();
            lastError = Optional.of(result.payload());
            log.line("ERROR RequestId: " + requestId + " " + result.payload());
        }
        log.line("END RequestId: " + requestId + " Duration: " + took.toMillis() + " ms");
        return result;
    }

    private InvocationResult run(String event, String requestId, String invokedArn) {
        ExecutionEnvironment used;
        try {
            used = take();
        } catch (Throwable e) {
            return InvocationResult.thrown(e);
        }
        Invocation invocation = new Invocation(
                settings,
                requestId,
                invokedArn,
                "local",
                System.nanoTime() + settings.timeout().toNanos(),
                log::line);
        try {
            InvocationResult result = used.invoke(event.getBytes(java.nio.charset.StandardCharsets.UTF_8), invocation);
            synchronized (idle) {
                idle.push(used);
            }
            return result;
        } catch (TimeoutException e) {
            return InvocationResult.timedOut(requestId, settings.timeout());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return InvocationResult.thrown(e);
        }
    }

    private ExecutionEnvironment take() throws Throwable {
        synchronized (idle) {
            if (!idle.isEmpty()) {
                return idle.pop();
            }
        }
        return ExecutionEnvironment.start(settings, environment, clock, log);
    }

    @Override
    public void close() throws IOException {
        synchronized (idle) {
            for (ExecutionEnvironment environment : idle) {
                environment.close();
            }
            idle.clear();
        }
    }
}
