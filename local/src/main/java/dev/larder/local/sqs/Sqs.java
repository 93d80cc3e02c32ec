package dev.larder.local.sqs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.local.front.AwsService;
import dev.larder.local.front.Backend;
import dev.larder.local.front.Call;
import dev.larder.local.front.Json;
import dev.larder.local.front.Reply;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** SQS of the cell: ElasticMQ, watched, so that consumers learn of a message at once. */
public final class Sqs implements AwsService, AutoCloseable {
    private static final Set<String> READING = Set.of("GetQueueAttributes", "GetQueueUrl", "ListQueues");
    private static final Set<String> QUIET = Set.of(
            "ReceiveMessage", "GetQueueAttributes", "GetQueueUrl", "ListQueues", "DeleteMessage", "DeleteMessageBatch");

    private static final Duration MOVING = Duration.ofSeconds(10);

    private final QueueServer server;
    private final Backend backend;
    private final String frontUrl;
    private final String account;
    private final String region;
    private final InstantSource clock;
    private final Delays delays = new Delays();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final AtomicLong changes = new AtomicLong();
    /** The count of changes at which a queue was seen without any message: until the next it still is. */
    private final Map<String, Long> emptyAt = new ConcurrentHashMap<>();
    /** Until then, by the machine's clock, dead letters may still be on their way: a move is answered before it is done. */
    private volatile Instant movingUntil = Instant.EPOCH;

    private Sqs(
            QueueServer server, Backend backend, String frontUrl, String account, String region, InstantSource clock) {
        this.server = server;
        this.backend = backend;
        this.frontUrl = frontUrl;
        this.account = account;
        this.region = region;
        this.clock = clock;
    }

    /**
     * Starts it.
     *
     * @param frontPort the port that queue URLs show
     * @param folder keeps queues and messages; empty when they need not outlive the process
     * @throws IOException when it cannot start, or the folder holds something else
     */
    public static Sqs start(String account, String region, int frontPort, Optional<Path> folder, InstantSource clock)
            throws IOException {
        QueueServer server = ElasticMq.start(account, region, frontPort, folder, clock);
        Backend backend = new Backend("sqs", "AmazonSQS", region, URI.create("http://127.0.0.1:" + server.port()));
        return new Sqs(server, backend, "http://127.0.0.1:" + frontPort + "/" + account + "/", account, region, clock);
    }

    /** Calls SQS for the cloud itself. */
    public ObjectNode call(String action, ObjectNode input) {
        changing(action);
        ObjectNode answer = backend.call(action, input);
        changed(action);
        return answer;
    }

    @Override
    public Reply handle(Call call) {
        changing(call.action());
        Reply reply = backend.handle(call);
        delays.sent(call.action(), call.text(), clock.instant());
        changed(call.action());
        return reply;
    }

    /** Sends a message. */
    public void send(String queue, String body) {
        call("SendMessage", Json.object().put("QueueUrl", url(queue)).put("MessageBody", body));
    }

    /** How many messages a queue holds now. */
    public Depth depth(String queue) {
        if (isKnownEmpty(queue)) {
            return Depth.NONE;
        }
        long before = changes.get();
        ObjectNode request = Json.object().put("QueueUrl", url(queue));
        request.putArray("AttributeNames").add("All");
        var attributes = backend.call("GetQueueAttributes", request).path("Attributes");
        Depth depth = new Depth(
                attributes.path("ApproximateNumberOfMessages").asInt(),
                attributes.path("ApproximateNumberOfMessagesNotVisible").asInt(),
                attributes.path("ApproximateNumberOfMessagesDelayed").asInt());
        if (depth.equals(Depth.NONE)) {
            emptyAt.put(queue, before);
        }
        return depth;
    }

    /** Whether the last look found no message in a queue, and nobody has done anything since: no need to look again. */
    public boolean isKnownEmpty(String queue) {
        return emptyAt.getOrDefault(queue, -1L) == changes.get()
                && !Instant.now().isBefore(movingUntil);
    }

    /** When the next delayed message becomes visible, by the cloud's clock. */
    public Optional<Instant> nextDelayed() {
        return delays.next(clock.instant());
    }

    /** The URL of a queue, as clients see it. */
    public String url(String queue) {
        return frontUrl + queue;
    }

    /** The ARN of a queue. */
    public String arn(String queue) {
        return "arn:aws:sqs:" + region + ":" + account + ":" + queue;
    }

    /** Has somebody told whenever messages may have come. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** Counted before and after, as a look may come in between. */
    private void changing(String action) {
        if (!READING.contains(action)) {
            changes.incrementAndGet();
        }
    }

    private void changed(String action) {
        if (action.equals("StartMessageMoveTask")) {
            movingUntil = Instant.now().plus(MOVING);
        }
        changing(action);
        if (!QUIET.contains(action)) {
            listeners.forEach(Runnable::run);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    /**
     * Messages of a queue.
     *
     * @param visible ready to be received
     * @param inFlight received, and neither deleted nor visible again
     * @param delayed not yet ready for the first time
     */
    public record Depth(int visible, int inFlight, int delayed) {
        private static final Depth NONE = new Depth(0, 0, 0);
    }
}
