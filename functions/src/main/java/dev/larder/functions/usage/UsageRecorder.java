package dev.larder.functions.usage;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.larder.domain.usage.PullRules;
import dev.larder.events.ApiCall.BatchGetImage;
import dev.larder.events.Event;
import dev.larder.events.EventParser;
import dev.larder.events.Ignored;
import dev.larder.events.MalformedEventException;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.bus.Metrics;
import dev.larder.functions.table.ImageRecords;
import dev.larder.functions.table.RepositoryRecords;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Lambda handler: records pulls. A message that is broken, or whose image could not be recorded, is reported as a failed
 * item of its batch; the others are not held up. What it records of a message does not depend on which others came with it.
 */
public final class UsageRecorder implements RequestHandler<SQSEvent, SQSBatchResponse> {
    private final PullRules rules;
    private final ImageRecords images;
    private final PullRecording recording;
    private final InstantSource clock;
    private final Metrics metrics = new Metrics("UsageRecorder", System.out::println);
    private boolean begun;

    /** The real wiring, from the environment. */
    public UsageRecorder() {
        this(UsageWiring.fromEnvironment(System.getenv()));
    }

    private UsageRecorder(UsageWiring wiring) {
        this(wiring.rules(), wiring.images(), wiring.recording(), InstantSource.system());
    }

    /** Takes the rules and the ports. */
    public UsageRecorder(PullRules rules, ImageRecords images, PullRecording recording, InstantSource clock) {
        this.rules = rules;
        this.images = images;
        this.recording = recording;
        this.clock = clock;
    }

    @Override
    public SQSBatchResponse handleRequest(SQSEvent messages, Context context) {
        PullBatch batch = new PullBatch();
        Set<String> failed = new LinkedHashSet<>();
        Map<RepositoryName, RepositoryRecords> known = new HashMap<>();
        for (SQSEvent.SQSMessage message : messages.getRecords()) {
            metrics.add(Metrics.RECEIVED, 1);
            read(message, batch, known, failed);
        }
        record(batch, failed);
        if (!batch.passedOver().isEmpty()) {
            System.out.println("passed over: " + batch.passedOver());
        }
        batch.passedOver().values().forEach(times -> metrics.add(Metrics.IGNORED, times));
        metrics.add(Metrics.FAILED, failed.size());
        metrics.add(Metrics.HANDLED, messages.getRecords().size() - failed.size());
        metrics.flush(clock.instant());
        return new SQSBatchResponse(failed.stream().map(BatchItemFailure::new).toList());
    }

    private void read(
            SQSEvent.SQSMessage message,
            PullBatch batch,
            Map<RepositoryName, RepositoryRecords> known,
            Set<String> failed) {
        try {
            Event event = EventParser.parse(message.getBody());
            if (!(event instanceof BatchGetImage fetched)) {
                batch.passOver(event instanceof Ignored ignored ? ignored.reason() : "not a pull: " + kind(event));
                return;
            }
            begin();
            rules.decide(
                            fetched,
                            digest -> known.computeIfAbsent(fetched.repository(), images::repository)
                                    .isPartOfATag(digest))
                    .forEach(decision -> batch.add(message.getMessageId(), decision));
        } catch (MalformedEventException | RuntimeException e) {
            System.out.println("message " + message.getMessageId() + ": " + e);
            failed.add(message.getMessageId());
        }
    }

    private static String kind(Event event) {
        return event.getClass().getSimpleName();
    }

    /** The pipe from CloudTrail works, as this call shows, whoever made it. Once in a container's life is enough. */
    private void begin() {
        if (!begun) {
            recording.begin(clock.instant());
            begun = true;
        }
    }

    private void record(PullBatch batch, Set<String> failed) {
        Instant now = clock.instant();
        batch.pulls()
                .forEach((image, pulls) -> attempt(batch, image, failed, () -> {
                    metrics.add(Metrics.PULLS, recording.record(image, pulls, now));
                }));
        batch.partsOfPulls().forEach((image, time) -> attempt(batch, image, failed, () -> images.pulled(image, time)));
    }

    private static void attempt(PullBatch batch, ImageReference image, Set<String> failed, Runnable write) {
        try {
            write.run();
        } catch (RuntimeException e) {
            System.out.println("could not record the pulls of " + image + ": " + e);
            failed.addAll(batch.messagesOf(image));
        }
    }
}
