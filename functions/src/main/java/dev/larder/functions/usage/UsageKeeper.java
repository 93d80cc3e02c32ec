package dev.larder.functions.usage;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.larder.events.ScheduledRun;
import dev.larder.functions.Invocation;
import dev.larder.functions.bus.Metrics;
import dev.larder.functions.usage.Reconciliation.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Lambda handler: on one schedule, closes the days of the usage record; on another, asks the other witnesses whether it is
 * complete. Answers with what came of it.
 */
public final class UsageKeeper implements RequestStreamHandler {
    private final UsageRollup rollup;
    private final Supplier<Reconciliation> reconciliation;
    private final RollupLease lease;
    private final InstantSource clock;
    private final Metrics metrics = new Metrics("UsageKeeper", System.out::println);

    /** The real wiring, from the environment. */
    public UsageKeeper() {
        this(KeeperWiring.fromEnvironment(System.getenv(), InstantSource.system()), InstantSource.system());
    }

    private UsageKeeper(KeeperWiring wiring, InstantSource clock) {
        this(wiring.rollup(), wiring.reconciliation(), wiring.lease(), clock);
    }

    /**
     * Takes what it does.
     *
     * @param reconciliation made anew for each run, as it remembers what it read
     */
    public UsageKeeper(
            UsageRollup rollup, Supplier<Reconciliation> reconciliation, RollupLease lease, InstantSource clock) {
        this.rollup = rollup;
        this.reconciliation = reconciliation;
        this.lease = lease;
        this.clock = clock;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        ScheduledRun run =
                Invocation.read(input, Set.of(ScheduledRun.Task.ROLL_UP_USAGE, ScheduledRun.Task.RECONCILE_USAGE));
        metrics.add(Metrics.RECEIVED, 1);
        Map<String, ?> answer = run.task() == ScheduledRun.Task.ROLL_UP_USAGE ? rollUp(run) : reconcile();
        metrics.add(Metrics.HANDLED, 1);
        metrics.flush(clock.instant());
        Invocation.write(output, answer);
    }

    private Map<String, ?> rollUp(ScheduledRun run) {
        if (!lease.take(run.executionId(), clock.instant())) {
            System.out.println("another run is rolling up");
            return Map.of("rolledUp", 0);
        }
        try {
            int written = rollup.rollUp(clock.instant());
            metrics.add(Metrics.ROLLED_UP, written);
            return Map.of("rolledUp", written);
        } finally {
            lease.release(run.executionId());
        }
    }

    private Map<String, ?> reconcile() {
        Outcome outcome = reconciliation.get().reconcile(clock.instant());
        boolean missing = outcome.trail() instanceof TrailState.None || outcome.trail() instanceof TrailState.Stopped;
        metrics.add(Metrics.TRAIL_MISSING, missing ? 1 : 0);
        metrics.add(Metrics.RECORD_GAPS, outcome.gaps().size());
        if (missing) {
            System.out.println("NO PULL IS RECORDED: " + outcome.trail());
        }
        outcome.gaps()
                .forEach(gap -> System.out.println("the record of " + gap.prefix() + " is complete only since "
                        + gap.until() + ": " + gap.evidence()));
        return Map.of(
                "trail", outcome.trail().getClass().getSimpleName(),
                "gaps", outcome.gaps().size(),
                "onlyEcr", outcome.reconciled().onlyEcr().size(),
                "onlyRecord", outcome.reconciled().onlyRecord().size());
    }
}
