package dev.larder.functions.lifecycle;

import dev.larder.domain.lifecycle.Group;
import dev.larder.domain.lifecycle.Manifest;
import dev.larder.domain.lifecycle.RepositoryPlan;
import dev.larder.domain.lifecycle.Verdict;
import dev.larder.events.LifecycleWork;
import java.util.List;

/**
 * A group that is to go.
 *
 * @param plan that lets it go, and knows why
 */
record Doomed(Group group, RepositoryPlan plan) {
    /** Whether it is what was selected: no larger, and going for the same reason, if one was given. */
    boolean isAs(LifecycleWork.Selected selected) {
        return group.images() <= selected.images()
                && (selected.reason().isEmpty() || group.reason().text().equals(selected.reason()));
    }

    /** Why it is safe that the manifest goes. */
    List<String> evidence(Manifest manifest) {
        return plan.verdict(manifest.digest()) instanceof Verdict.Evict evict ? evict.evidence() : List.of();
    }
}
