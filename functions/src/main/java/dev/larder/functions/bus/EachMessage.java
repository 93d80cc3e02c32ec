package dev.larder.functions.bus;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.larder.events.Event;
import dev.larder.events.EventParser;
import dev.larder.events.MalformedEventException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Deals with each message of a batch by itself: a broken one or an outage must not keep the others from being dealt with. A
 * message that should come again is reported as a failed item of its batch.
 */
public final class EachMessage {
    private final Metrics metrics;
    private final InstantSource clock;

    /** @param metrics count the messages; written and begun again behind each batch */
    public EachMessage(Metrics metrics, InstantSource clock) {
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * Deals with a batch.
     *
     * @param handled deals with one event; false, or an exception, when its message should come again
     */
    public SQSBatchResponse of(SQSEvent batch, Predicate<Event> handled) {
        List<BatchItemFailure> again = new ArrayList<>();
        for (SQSEvent.SQSMessage message : batch.getRecords()) {
            metrics.add(Metrics.RECEIVED, 1);
            if (isHandled(message, handled)) {
                metrics.add(Metrics.HANDLED, 1);
            } else {
                metrics.add(Metrics.FAILED, 1);
                again.add(new BatchItemFailure(message.getMessageId()));
            }
        }
        metrics.flush(clock.instant());
        return new SQSBatchResponse(again);
    }

    private static boolean isHandled(SQSEvent.SQSMessage message, Predicate<Event> handled) {
        try {
            return handled.test(EventParser.parse(message.getBody()));
        } catch (MalformedEventException | RuntimeException e) {
            System.out.println("message " + message.getMessageId() + ": " + e);
            return false;
        }
    }
}
