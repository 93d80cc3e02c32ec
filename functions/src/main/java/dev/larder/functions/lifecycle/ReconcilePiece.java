package dev.larder.functions.lifecycle;

import dev.larder.domain.desired.Drift;
import dev.larder.events.LifecycleWork;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.desired.ReconciledRepositories;
import dev.larder.functions.desired.RepositoryReconciliation;
import dev.larder.functions.ecr.CacheException;
import dev.larder.functions.ecr.CacheInventory;
import dev.larder.functions.sweep.LifecycleQueue;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * Brings a repository to its desired state where that takes longer than a piece can wait, mostly for the preview of its
 * lifecycle policy: it is looked at again every few minutes, by a message that comes later, some times.
 */
final class ReconcilePiece {
    /** Between two looks at a preview. */
    static final Duration PAUSE = Duration.ofMinutes(5);

    /** Until a look at what failed, or was changed by somebody, for a moment. */
    static final Duration SOON = Duration.ofMinutes(1);

    /** Looks behind the sweep's own. */
    static final int LOOKS = 12;

    /**
     * A message that comes later than this, by way of the dead letters perhaps, finds no preview that it may trust: that one
     * may have been completed long before.
     */
    static final Duration FRESH = Duration.ofHours(1);

    private final RepositoryReconciliation reconciliation;
    private final LifecycleQueue queue;
    private final InstantSource clock;

    ReconcilePiece(RepositoryReconciliation reconciliation, LifecycleQueue queue, InstantSource clock) {
        this.reconciliation = reconciliation;
        this.queue = queue;
        this.clock = clock;
    }

    /** The repositories of a piece that should be compared, by as few calls as can be. */
    List<CacheInventory.Repository> described(LifecycleWork.Plan piece) {
        return reconciliation.described(piece.repositories());
    }

    /** In a sweep: begins a preview where one is needed, and has it looked at later when it is still running at the end. */
    List<Drift> first(LifecycleWork.Plan piece, CacheInventory.Repository repository) {
        return told(reconciliation.reconcile(repository, true), piece, repository.name(), 1);
    }

    /** Looks again, with the same end however often: what is put already differs no more. */
    void again(LifecycleWork.Reconcile piece) {
        RepositoryName name = piece.repository();
        boolean fresh = clock.instant().isBefore(piece.runningAt().plus(FRESH));
        int look = piece.look() + 1;
        try {
            told(fresh ? reconciliation.lookAgain(name) : anew(piece), piece, name, look);
        } catch (CacheException e) {
            System.out.println(name + " stays as it is: " + e.getMessage());
            if (e.passes() && look <= LOOKS) {
                send(piece, name, look, piece.runningAt(), SOON);
            }
        }
    }

    private List<Drift> anew(LifecycleWork.Reconcile piece) {
        return piece.run().equals(ReconciledRepositories.RUN)
                ? reconciliation.reconcileNew(piece.repository())
                : reconciliation.reconcile(piece.repository(), true);
    }

    private List<Drift> told(List<Drift> drifts, LifecycleWork sender, RepositoryName name, int look) {
        boolean waiting = drifts.stream().anyMatch(Drift.Waiting.class::isInstance);
        boolean soon = drifts.stream().anyMatch(drift -> isForSoon(drift, look));
        if ((waiting || soon) && look <= LOOKS) {
            Instant runningAt = waiting ? clock.instant() : LifecycleWork.Reconcile.NEVER;
            send(sender, name, look, runningAt, soon ? SOON : PAUSE);
        }
        List<Drift> outcome = look <= LOOKS
                ? drifts
                : drifts.stream().map(ReconcilePiece::givenUp).toList();
        outcome.forEach(drift -> System.out.println(name + ": " + drift.text()));
        return outcome;
    }

    /** Where a sweep's own look fails, the next sweep is soon enough: there are as many as repositories. */
    private static boolean isForSoon(Drift drift, int look) {
        return drift instanceof Drift.Overtaken
                || (look > 1 && drift instanceof Drift.Failed failed && failed.passes());
    }

    private void send(LifecycleWork sender, RepositoryName name, int look, Instant runningAt, Duration delay) {
        queue.send(
                List.of(new LifecycleWork.Reconcile(sender.run(), sender.startedAt(), name, look, runningAt)), delay);
    }

    private static Drift givenUp(Drift drift) {
        return switch (drift) {
            case Drift.Waiting _ -> givenUp(drift, "ECR's preview was still running at look " + LOOKS);
            case Drift.Overtaken _ -> givenUp(drift, "somebody still changed it at look " + LOOKS);
            case Drift.Open _, Drift.Repaired _, Drift.Failed _, Drift.Withheld _, Drift.Halted _, Drift.Conflict _ ->
                drift;
        };
    }

    private static Drift givenUp(Drift drift, String why) {
        return new Drift.Failed(
                drift.field(), drift.found(), drift.wanted(), why + "; the next sweep begins anew", false);
    }
}
