package dev.larder.local.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.local.aws.AwsException;
import dev.larder.local.front.Json;
import dev.larder.local.sqs.Sqs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * Brings a queue's messages to a function in batches. A message that the function did not handle stays in the queue and
 * is visible again after the queue's timeout; the queue's redrive policy moves it away after too many receives.
 */
public final class EventSourceMapping implements AutoCloseable {
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
    private static final int RECEIVE = 10;
    private static final int DELETE = 10;

    private final Settings settings;
    private final Sqs sqs;
    private final Functions functions;
    private final Semaphore wakeUps = new Semaphore(1);
    private final Semaphore slots;
    private final AtomicInteger busy = new AtomicInteger();
    private final AtomicInteger polls = new AtomicInteger();
    private final List<JsonNode> buffer = new ArrayList<>();
    private volatile boolean flushing;
    private volatile boolean closed;
    private volatile Optional<String> trouble = Optional.empty();
    private long windowEnd;

    EventSourceMapping(Settings settings, Sqs sqs, Functions functions) {
        this.settings = settings;
        this.sqs = sqs;
        this.functions = functions;
        this.slots = new Semaphore(settings.concurrency());
    }

    /** What the template says. */
    public Settings settings() {
        return settings;
    }

    /** Starts to poll. */
    void start() {
        sqs.onChange(this::wake);
        Thread.ofVirtual().name("poller of " + settings.queue()).start(this::poll);
    }

    /** Has the poller look at once. */
    public void wake() {
        if (wakeUps.availablePermits() == 0) {
            wakeUps.release();
        }
    }

    /** Ends the batch window that is open, if one is. */
    public void flush() {
        flushing = true;
        wake();
    }

    /** Whether it holds messages, or is about to look for some. */
    public boolean isBusy() {
        return busy.get() > 0 || wakeUps.availablePermits() > 0;
    }

    /** Counts the polls, so that somebody who looks twice can tell whether one came between. */
    public int polls() {
        return polls.get();
    }

    /** Why the last poll failed; empty when it did not. */
    public Optional<String> trouble() {
        return trouble;
    }

    private void poll() {
        while (!closed) {
            try {
                boolean woken = wakeUps.tryAcquire(untilNextLook(), TimeUnit.MILLISECONDS);
                busy.incrementAndGet();
                try {
                    polls.incrementAndGet();
                    if (woken) {
                        wakeUps.drainPermits();
                    }
                    fill();
                    trouble = Optional.empty();
                } finally {
                    busy.decrementAndGet();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (AwsException e) {
                trouble = Optional.of(e.code() + ": " + e.message());
            }
        }
    }

    private long untilNextLook() {
        long wait = buffer.isEmpty() ? LOOK_AGAIN.toNanos() : Math.max(0, windowEnd - System.nanoTime());
        return TimeUnit.NANOSECONDS.toMillis(wait) + 1;
    }

    private void fill() throws InterruptedException {
        boolean more = true;
        while (more && !closed) {
            List<JsonNode> received = receive(Math.min(RECEIVE, settings.batchSize() - buffer.size()));
            if (buffer.isEmpty() && !received.isEmpty()) {
                windowEnd = System.nanoTime() + settings.window().toNanos();
                busy.incrementAndGet();
            }
            buffer.addAll(received);
            more = !received.isEmpty();
            if (!buffer.isEmpty() && (isFull() || (!more && isOver()))) {
                submit();
            }
        }
    }

    private boolean isFull() {
        return buffer.size() >= settings.batchSize();
    }

    private boolean isOver() {
        boolean over = flushing || System.nanoTime() >= windowEnd;
        flushing = false;
        return over;
    }

    private List<JsonNode> receive(int maximum) {
        if (sqs.isKnownEmpty(settings.queue())) {
            return List.of();
        }
        ObjectNode request = Json.object()
                .put("QueueUrl", sqs.url(settings.queue()))
                .put("MaxNumberOfMessages", maximum)
                .put("WaitTimeSeconds", 0);
        request.putArray("AttributeNames").add("All");
        request.putArray("MessageAttributeNames").add("All");
        List<JsonNode> messages = new ArrayList<>();
        sqs.call("ReceiveMessage", request).path("Messages").forEach(messages::add);
        return messages;
    }

    /** Hands the buffer to the function; the buffer's share in {@link #busy} goes with it. */
    private void submit() throws InterruptedException {
        List<JsonNode> batch = List.copyOf(buffer);
        buffer.clear();
        slots.acquire();
        Thread.ofVirtual().name("batch of " + settings.queue()).start(() -> {
            try {
                process(batch);
            } catch (AwsException e) {
                trouble = Optional.of(e.code() + ": " + e.message());
            } finally {
                slots.release();
                busy.decrementAndGet();
            }
        });
    }

    private void process(List<JsonNode> batch) {
        InvocationResult result =
                functions.invoke(settings.function(), SqsEvent.of(batch, sqs.arn(settings.queue()), settings.region()));
        Set<String> ids = batch.stream()
                .map(message -> message.path("MessageId").asText())
                .collect(Collectors.toSet());
        Set<String> failed = ids;
        if (result.error().isEmpty()) {
            failed = settings.reportsFailures() ? SqsEvent.failures(result.payload(), ids) : Set.of();
        }
        Set<String> kept = failed;
        delete(batch.stream()
                .filter(message -> !kept.contains(message.path("MessageId").asText()))
                .toList());
    }

    private void delete(List<JsonNode> messages) {
        for (int start = 0; start < messages.size(); start += DELETE) {
            ObjectNode request = Json.object().put("QueueUrl", sqs.url(settings.queue()));
            ArrayNode entries = request.putArray("Entries");
            for (JsonNode message : messages.subList(start, Math.min(messages.size(), start + DELETE))) {
                entries.addObject()
                        .put("Id", Integer.toString(entries.size()))
                        .set("ReceiptHandle", message.path("ReceiptHandle"));
            }
            sqs.call("DeleteMessageBatch", request);
        }
    }

    @Override
    public void close() {
        closed = true;
        wake();
    }

    /**
     * A mapping as its template describes it.
     *
     * @param function name or ARN
     * @param window how long to wait for a batch to fill
     * @param concurrency how many batches at a time
     * @param reportsFailures whether the function says which messages failed
     */
    public record Settings(
            String id,
            String queue,
            String function,
            int batchSize,
            Duration window,
            int concurrency,
            boolean reportsFailures,
            String region) {}
}
