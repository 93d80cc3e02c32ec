package dev.larder.local.lambda;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.local.aws.AwsException;
import dev.larder.local.clock.Due;
import dev.larder.local.front.Json;
import dev.larder.local.sqs.Sqs;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Asynchronous invocations: returned from at once, tried again twice when the function fails, after one and two minutes
 * (Lambda guide, "Error handling for asynchronous invocation"), and then handed to the function's queue for failures.
 */
public final class AsyncInvocations implements Due {
    static final int RETRIES = 2;

    private final Functions functions;
    private final Sqs sqs;
    private final InstantSource clock;
    private final AtomicInteger running = new AtomicInteger();
    private final Map<String, Failing> configured = new ConcurrentHashMap<>();
    private final Map<String, String> deadLetters = new ConcurrentHashMap<>();
    private final PriorityQueue<Attempt> waiting = new PriorityQueue<>(Comparator.comparing(Attempt::at));

    /** @param clock by which retries wait */
    public AsyncInvocations(Functions functions, Sqs sqs, InstantSource clock) {
        this.functions = functions;
        this.sqs = sqs;
        this.clock = clock;
    }

    void configure(String function, int retries, Optional<String> onFailure) {
        configured.put(function, new Failing(retries, onFailure));
    }

    void deadLetters(String function, String queueArn) {
        deadLetters.put(function, queueArn);
    }

    /**
     * Invokes a function some time soon.
     *
     * @param reference name or ARN
     * @throws AwsException when there is no such function
     */
    public void invoke(String reference, String event) {
        functions.find(reference);
        start(new Attempt(reference, event, 1, clock.instant()));
    }

    /** How many run at this time. */
    public int running() {
        return running.get();
    }

    private void start(Attempt attempt) {
        running.incrementAndGet();
        Thread.ofVirtual().name("async " + attempt.reference()).start(() -> {
            try {
                InvocationResult result = functions.invoke(attempt.reference(), attempt.event());
                if (result.error().isPresent()) {
                    failed(attempt, result);
                }
            } finally {
                running.decrementAndGet();
            }
        });
    }

    private void failed(Attempt attempt, InvocationResult result) {
        FunctionSettings function = functions.find(attempt.reference()).settings();
        Failing failing = configured.getOrDefault(function.name(), new Failing(RETRIES, Optional.empty()));
        if (attempt.number() <= failing.retries()) {
            synchronized (waiting) {
                Instant at = clock.instant().plus(Duration.ofMinutes(attempt.number()));
                waiting.add(new Attempt(attempt.reference(), attempt.event(), attempt.number() + 1, at));
            }
            return;
        }
        failing.onFailure().ifPresent(queue -> sqs.send(queueName(queue), report(attempt, function, result)));
        String queue = deadLetters.get(function.name());
        if (queue != null) {
            sqs.send(queueName(queue), attempt.event());
        }
    }

    private String report(Attempt attempt, FunctionSettings function, InvocationResult result) {
        ObjectNode report = Json.object().put("version", "1.0");
        report.put("timestamp", clock.instant().toString());
        report.putObject("requestContext")
                .put("requestId", Json.requestId())
                .put("functionArn", attempt.reference().startsWith("arn:") ? attempt.reference() : function.arn())
                .put("condition", "RetriesExhausted")
                .put("approximateInvokeCount", attempt.number());
        report.set("requestPayload", Json.read(attempt.event()));
        report.putObject("responseContext")
                .put("statusCode", 200)
                .put("executedVersion", "1")
                .put("functionError", "Unhandled");
        report.set("responsePayload", Json.read(result.payload()));
        return report.toString();
    }

    private static String queueName(String arn) {
        return arn.substring(arn.lastIndexOf(':') + 1);
    }

    @Override
    public Optional<Instant> next() {
        synchronized (waiting) {
            return Optional.ofNullable(waiting.peek()).map(Attempt::at);
        }
    }

    @Override
    public void run(Instant at) {
        synchronized (waiting) {
            Optional.ofNullable(waiting.poll()).ifPresent(this::start);
        }
    }

    private record Failing(int retries, Optional<String> onFailure) {}

    private record Attempt(String reference, String event, int number, Instant at) {}
}
