package dev.larder.functions.lifecycle;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.larder.events.Event;
import dev.larder.events.LifecycleWork;
import dev.larder.functions.bus.EachMessage;
import dev.larder.functions.bus.Metrics;
import java.time.InstantSource;

/** Lambda handler: carries out the pieces of a sweep. A piece that failed is reported as a failed item of its batch. */
public final class LifecycleWorker implements RequestHandler<SQSEvent, SQSBatchResponse> {
    private final SweepWork work;
    private final Metrics metrics = Metrics.of("LifecycleWorker", System.getenv());
    private final EachMessage each;

    /** The real wiring, from the environment. */
    public LifecycleWorker() {
        this(LifecycleWiring.of(System.getenv(), InstantSource.system()), InstantSource.system());
    }

    /** Takes what carries the pieces out. */
    public LifecycleWorker(SweepWork work, InstantSource clock) {
        this.work = work;
        this.each = new EachMessage(metrics, clock);
    }

    @Override
    public SQSBatchResponse handleRequest(SQSEvent batch, Context context) {
        return each.of(batch, this::handled);
    }

    private boolean handled(Event event) {
        if (event instanceof LifecycleWork piece) {
            work.carryOut(piece, metrics);
        } else {
            metrics.add(Metrics.IGNORED, 1);
        }
        return true;
    }
}
