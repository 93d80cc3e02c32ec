package dev.larder.functions.desired;

import dev.larder.domain.desired.Drift;
import dev.larder.events.LifecycleWork;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.ecr.CacheException;
import dev.larder.functions.sweep.LifecycleQueue;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * {@link NewRepositories} that brings each to its desired state at once, and has it looked at again in a minute when ECR is
 * not ready for that.
 */
public final class ReconciledRepositories implements NewRepositories {
    /** What the messages name instead of a sweep. */
    public static final String RUN = "created";

    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final RepositoryReconciliation reconciliation;
    private final LifecycleQueue queue;
    private final InstantSource clock;

    /**
     * Takes the ports.
     *
     * @param reconciliation of one that has little time
     * @param queue of whoever has more
     */
    public ReconciledRepositories(RepositoryReconciliation reconciliation, LifecycleQueue queue, InstantSource clock) {
        this.reconciliation = reconciliation;
        this.queue = queue;
        this.clock = clock;
    }

    @Override
    public void created(RepositoryName repository) {
        try {
            List<Drift> drifts = reconciliation.reconcileNew(repository);
            drifts.forEach(drift -> System.out.println(repository + ": " + drift.text()));
            if (drifts.stream().anyMatch(Drift.Waiting.class::isInstance)) {
                lookAgain(repository, clock.instant());
            } else if (drifts.stream().anyMatch(ReconciledRepositories::passes)) {
                lookAgain(repository, LifecycleWork.Reconcile.NEVER);
            }
        } catch (CacheException e) {
            if (!e.passes()) {
                throw e;
            }
            System.out.println(repository + " stays as it is for a minute: " + e.getMessage());
            lookAgain(repository, LifecycleWork.Reconcile.NEVER);
        }
    }

    private static boolean passes(Drift drift) {
        return drift instanceof Drift.Overtaken || (drift instanceof Drift.Failed failed && failed.passes());
    }

    private void lookAgain(RepositoryName repository, Instant runningAt) {
        queue.send(List.of(new LifecycleWork.Reconcile(RUN, clock.instant(), repository, 1, runningAt)), PAUSE);
    }
}
