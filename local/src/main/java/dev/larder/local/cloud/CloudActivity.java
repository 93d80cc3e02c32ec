package dev.larder.local.cloud;

import dev.larder.local.aws.AwsException;
import dev.larder.local.clock.Activity;
import dev.larder.local.lambda.AsyncInvocations;
import dev.larder.local.lambda.EventSourceMapping;
import dev.larder.local.lambda.EventSourceMappings;
import dev.larder.local.sqs.Sqs;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Whether anything goes on: looks at the queues with consumers, their pollers and asynchronous invocations. */
final class CloudActivity implements Activity {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(5);

    private final Sqs sqs;
    private final EventSourceMappings mappings;
    private final AsyncInvocations async;

    CloudActivity(Sqs sqs, EventSourceMappings mappings, AsyncInvocations async) {
        this.sqs = sqs;
        this.mappings = mappings;
        this.async = async;
    }

    @Override
    public boolean awaitQuiet(Duration timeout) {
        long end = System.nanoTime() + timeout.toNanos();
        try {
            while (!isQuiet()) {
                if (System.nanoTime() > end) {
                    return false;
                }
                mappings.all().stream().filter(EventSourceMapping::isBusy).forEach(EventSourceMapping::flush);
                Thread.sleep(LOOK_AGAIN);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Looks twice: what one look passes from one queue to the next, the count of polls gives away. */
    private boolean isQuiet() {
        int before = polls();
        if (async.running() > 0 || mappings.all().stream().anyMatch(EventSourceMapping::isBusy)) {
            return false;
        }
        for (EventSourceMapping mapping : mappings.all()) {
            if (depth(mapping).visible() > 0) {
                mapping.wake();
                return false;
            }
        }
        return async.running() == 0
                && mappings.all().stream().noneMatch(EventSourceMapping::isBusy)
                && before == polls();
    }

    private int polls() {
        return mappings.all().stream().mapToInt(EventSourceMapping::polls).sum();
    }

    @Override
    public long progress() {
        return polls();
    }

    @Override
    public boolean hasPostponed() {
        return mappings.all().stream().map(this::depth).anyMatch(depth -> depth.inFlight() > 0 || depth.delayed() > 0);
    }

    @Override
    public Optional<Instant> nextPostponed() {
        return sqs.nextDelayed();
    }

    private Sqs.Depth depth(EventSourceMapping mapping) {
        try {
            return sqs.depth(mapping.settings().queue());
        } catch (AwsException e) {
            if (e.code().contains("NonExistentQueue") || e.code().contains("QueueDoesNotExist")) {
                return new Sqs.Depth(0, 0, 0);
            }
            throw e;
        }
    }
}
