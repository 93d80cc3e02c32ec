package dev.larder.functions.lifecycle;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.larder.events.EventParser;
import dev.larder.events.LifecycleWork;
import dev.larder.events.MalformedEventException;
import dev.larder.functions.bus.Metrics;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Lambda handler: carries out the pieces of a sweep. A piece that failed is reported as a failed item of its batch. */
public final class LifecycleWorker implements RequestHandler<SQSEvent, SQSBatchResponse> {
    private final SweepWork work;
    private final InstantSource clock;
    private final Metrics metrics = new Metrics("LifecycleWorker", System.out::println);

    /** The real wiring, from the environment. */
    public LifecycleWorker() {
        this(LifecycleWiring.of(System.getenv(), InstantSource.system()), InstantSource.system());
    }

    /** Takes what carries the pieces out. */
    public LifecycleWorker(SweepWork work, InstantSource clock) {
        this.work = work;
        this.clock = clock;
    }

    @Override
    public SQSBatchResponse handleRequest(SQSEvent batch, Context context) {
        List<BatchItemFailure> again = new ArrayList<>();
        for (SQSEvent.SQSMessage message : batch.getRecords()) {
            metrics.add(Metrics.RECEIVED, 1);
            if (handled(message)) {
                metrics.add(Metrics.HANDLED, 1);
            } else {
                metrics.add(Metrics.FAILED, 1);
                again.add(new BatchItemFailure(message.getMessageId()));
            }
        }
        metrics.flush(clock.instant());
        return new SQSBatchResponse(again);
    }

    /** One broken message or outage must not keep the others of the batch from being dealt with. */
    private boolean handled(SQSEvent.SQSMessage message) {
        try {
            if (EventParser.parse(message.getBody()) instanceof LifecycleWork piece) {
                work.carryOut(piece, metrics);
            } else {
                metrics.add(Metrics.IGNORED, 1);
            }
            return true;
        } catch (MalformedEventException | RuntimeException e) {
            System.out.println("message " + message.getMessageId() + ": " + e);
            return false;
        }
    }
}
