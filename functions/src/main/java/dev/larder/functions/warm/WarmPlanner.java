package dev.larder.functions.warm;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.larder.domain.warming.Candidate;
import dev.larder.events.ScheduledRun;
import dev.larder.events.ScheduledRun.Task;
import dev.larder.events.WarmOrder;
import dev.larder.functions.Invocation;
import dev.larder.functions.bus.Metrics;
import dev.larder.functions.bus.WarmOrders;
import dev.larder.functions.planning.Broadcast;
import dev.larder.functions.planning.Orders;
import dev.larder.functions.planning.PlannedOrders;
import dev.larder.functions.planning.PlannerWiring;
import dev.larder.functions.planning.WarmPlanning;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Lambda handler: on a schedule, plans what to warm and orders it, and tells other cells what is popular in this one.
 * Answers with the number of orders.
 */
public final class WarmPlanner implements RequestStreamHandler {
    /** A pattern may pin 100,000 images; each plan tells so many. */
    private static final int TOLD = 200;

    private final WarmPlanning planning;
    private final Orders orders;
    private final WarmOrders queue;
    private final PlannedOrders planned;
    private final Broadcast broadcast;
    private final InstantSource clock;
    private final Metrics metrics = Metrics.of("WarmPlanner", System.getenv());

    /** The real wiring, from the environment. */
    public WarmPlanner() {
        this(PlannerWiring.of(System.getenv(), InstantSource.system()));
    }

    /** Takes what it plans and orders with. */
    public WarmPlanner(PlannerWiring wiring) {
        this.planning = wiring.planning();
        this.orders = new Orders(wiring.platforms());
        this.queue = wiring.queue();
        this.planned = wiring.planned();
        this.broadcast = wiring.broadcast();
        this.clock = wiring.clock();
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        ScheduledRun run = Invocation.read(input, Task.PLAN_WARMING);
        Instant now = clock.instant();
        metrics.add(Metrics.RECEIVED, 1);
        WarmPlanning.Planned plan = planning.spend(now);
        List<WarmOrder> made = new ArrayList<>();
        for (Candidate candidate : plan.plan().orders()) {
            WarmOrder order = orders.of(candidate, run.executionId(), now);
            planned.add(order, candidate.price(), plan.paid().contains(candidate.image()));
            made.add(order);
        }
        queue.send(made);
        plan.notes().forEach(System.out::println);
        tell(plan.pinnedNotWarm());
        int left = plan.plan().left().size();
        metrics.add(Metrics.HANDLED, 1);
        metrics.add(Metrics.ORDERED, made.size());
        metrics.add(Metrics.LEFT_COLD, left);
        metrics.add(Metrics.PINNED_NOT_WARM, plan.pinnedNotWarm().size());
        metrics.flush(now);
        broadcast.tell(plan.survey().popular(), now);
        Invocation.write(output, Map.of("ordered", made.size(), "leftCold", left));
    }

    private static void tell(Map<String, String> pinnedNotWarm) {
        pinnedNotWarm.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .limit(TOLD)
                .forEach(pin -> System.out.println(pin.getKey() + " is pinned and not warm: " + pin.getValue()));
        if (pinnedNotWarm.size() > TOLD) {
            System.out.println(
                    (pinnedNotWarm.size() - TOLD) + " more are pinned and not warm: ./larder plan warm has them all");
        }
    }
}
