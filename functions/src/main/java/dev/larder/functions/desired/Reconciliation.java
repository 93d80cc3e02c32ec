package dev.larder.functions.desired;

import dev.larder.domain.desired.Drift;
import dev.larder.functions.ecr.CacheInventory;
import java.util.List;

/** Compares a repository with its desired state, and brings it there. */
@FunctionalInterface
public interface Reconciliation {
    /**
     * Compares one repository.
     *
     * @param repository as it was listed, not long ago
     * @param repair whether what can be repaired is; otherwise nothing is changed
     * @return what differs, with what became of it; empty when nothing does, or when the repository is gone
     * @throws dev.larder.functions.ecr.CacheException when ECR does not tell what the repository has, or should have
     */
    List<Drift> reconcile(CacheInventory.Repository repository, boolean repair);
}
