package dev.larder.functions.usage;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.larder.events.ScheduledRun;
import dev.larder.functions.Invocation;
import dev.larder.functions.bus.Metrics;
import dev.larder.functions.usage.Reconciliation.Outcome;
import dev.larder.functions.usage.RecordState.Reconciled;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
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
    private final Metrics metrics = Metrics.of("UsageKeeper", System.getenv());

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
        if (run.task() == ScheduledRun.Task.ROLL_UP_USAGE) {
            Map<String, ?> answer = rollUp(run);
            handled();
            Invocation.write(output, answer);
        } else {
            Outcome outcome = reconciliation.get().reconcile(clock.instant());
            tell(outcome);
            if (!outcome.failures().isEmpty()) {
                metrics.flush(clock.instant());
                throw unheard(outcome.failures());
            }
            handled();
            Invocation.write(output, answer(outcome));
        }
    }

    private void handled() {
        metrics.add(Metrics.HANDLED, 1);
        metrics.flush(clock.instant());
    }

    /** Told only after what the others said is kept and counted: the run is tried again, and shows among the errors. */
    private static RuntimeException unheard(List<RuntimeException> failures) {
        RuntimeException first = failures.getFirst();
        failures.stream().skip(1).forEach(first::addSuppressed);
        return first;
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

    private void tell(Outcome outcome) {
        metrics.add(Metrics.TRAIL_MISSING, outcome.trail() instanceof TrailState.Logging ? 0 : 1);
        metrics.add(Metrics.RECORD_GAPS, outcome.gaps().size());
        switch (outcome.trail()) {
            case TrailState.Logging logging -> {}
            case TrailState.None none -> System.out.println("NO PULL IS RECORDED: " + none);
            case TrailState.Stopped stopped -> System.out.println("NO PULL IS RECORDED: " + stopped);
            case TrailState.Unreadable(String reason) ->
                System.out.println("NOBODY KNOWS WHETHER PULLS ARE RECORDED: " + reason);
        }
        outcome.gaps()
                .forEach(gap -> System.out.println("the record of " + gap.prefix() + " is complete only since "
                        + gap.until() + ": " + gap.evidence()));
        outcome.failures().forEach(failure -> System.out.println("A WITNESS WAS NOT HEARD: " + failure));
    }

    private static Map<String, ?> answer(Outcome outcome) {
        return Map.of(
                "trail", outcome.trail().getClass().getSimpleName(),
                "gaps", outcome.gaps().size(),
                "onlyEcr", samples(outcome, Reconciled::onlyEcr),
                "onlyRecord", samples(outcome, Reconciled::onlyRecord));
    }

    private static int samples(Outcome outcome, Function<Reconciled, List<String>> images) {
        return outcome.reconciled().map(images).map(List::size).orElse(0);
    }
}
