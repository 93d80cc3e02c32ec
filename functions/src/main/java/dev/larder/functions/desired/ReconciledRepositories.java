package dev.larder.functions.desired;

import dev.larder.domain.desired.Drift;
import dev.larder.events.image.RepositoryName;

/** {@link NewRepositories} that brings each to its desired state at once. */
public final class ReconciledRepositories implements NewRepositories {
    private final RepositoryReconciliation reconciliation;

    /** @param reconciliation of one that has little time */
    public ReconciledRepositories(RepositoryReconciliation reconciliation) {
        this.reconciliation = reconciliation;
    }

    @Override
    public void created(RepositoryName repository) {
        for (Drift drift : reconciliation.reconcile(repository, true)) {
            System.out.println(repository + ": " + drift.text());
        }
    }
}
