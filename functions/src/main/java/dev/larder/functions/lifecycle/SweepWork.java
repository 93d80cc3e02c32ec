package dev.larder.functions.lifecycle;

import dev.larder.domain.popularity.ForwardDecay;
import dev.larder.events.LifecycleWork;
import dev.larder.functions.bus.Metrics;
import dev.larder.functions.desired.RepositoryReconciliation;
import dev.larder.functions.warm.Pause;
import dev.larder.functions.warm.Upstreams;

/** Carries out the pieces of a sweep, of whatever kind they are. */
public final class SweepWork {
    private final PlanPiece plans;
    private final SelectPiece selections;
    private final EvictPiece evictions;
    private final ReconcilePiece reconciliations;

    /** Takes the ports, what the file says of evictions, the upstreams, and how popularity is made. */
    public SweepWork(LifecyclePorts ports, Eviction eviction, Upstreams upstreams, ForwardDecay decay) {
        this(ports, eviction, upstreams, decay, Pause.SLEEP, SelectPiece.IN_A_PIECE);
    }

    /**
     * Takes what tests turn as well.
     *
     * @param pause between the looks at a preview that a sweep waits for
     * @param inAPiece how many manifests a piece that evicts has
     */
    SweepWork(
            LifecyclePorts ports,
            Eviction eviction,
            Upstreams upstreams,
            ForwardDecay decay,
            Pause pause,
            int inAPiece) {
        RepositoryReading reading = new RepositoryReading(ports, upstreams, decay);
        RepositoryReconciliation reconciliation = new RepositoryReconciliation(
                ports.settings(),
                new EvictionGuards(ports, eviction, reading),
                ports.killSwitch()::off,
                RepositoryReconciliation.PATIENT,
                pause::pause,
                ports.clock());
        RunEnd end = new RunEnd(ports.runs(), ports.pieces());
        this.reconciliations = new ReconcilePiece(reconciliation, ports.queue(), ports.clock());
        this.plans = new PlanPiece(ports, eviction, reading, reconciliations);
        this.selections = new SelectPiece(ports, eviction, end, inAPiece);
        this.evictions = new EvictPiece(ports, eviction, reading, end);
    }

    /** Carries a piece out, once however often it comes, and counts what came of it. */
    public void carryOut(LifecycleWork piece, Metrics metrics) {
        switch (piece) {
            case LifecycleWork.Plan plan -> plans.plan(plan);
            case LifecycleWork.Reconcile reconcile -> reconciliations.again(reconcile);
            case LifecycleWork.Select select ->
                metrics.add(Metrics.EVICTION_STOPPED, selections.select(select) ? 1 : 0);
            case LifecycleWork.Evict evict ->
                evictions.evict(evict).ifPresent(evicted -> {
                    metrics.add(Metrics.EVICTED, evicted.count(RunLine.Outcome.EVICTED));
                    metrics.add(
                            Metrics.EVICTED_BYTES, evicted.count(RunLine.Outcome.EVICTED) > 0 ? evicted.bytes() : 0);
                    metrics.add(Metrics.EVICTION_FAILED, evicted.count(RunLine.Outcome.FAILED));
                    metrics.add(Metrics.EVICTION_STOPPED, evicted.stopped().isPresent() ? 1 : 0);
                });
        }
    }
}
