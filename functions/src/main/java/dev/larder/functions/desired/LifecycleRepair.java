package dev.larder.functions.desired;

import dev.larder.domain.desired.Drift;
import dev.larder.domain.desired.LifecyclePolicies;
import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.ecr.CacheException;
import dev.larder.functions.ecr.RepositorySettings;
import dev.larder.functions.ecr.RepositorySettings.Current;
import dev.larder.functions.ecr.RepositorySettings.Preview;
import dev.larder.functions.ecr.RepositorySettings.Template;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts a lifecycle policy only after ECR's own preview of it, and only when nothing keeps any of the images that it would
 * expire now, whosever rule says so: a rule that goes, or another number, can set free what another rule held.
 *
 * <p>A policy in which no rule of Larder's is left is put without either. What it expires people's own rules do, as if Larder
 * had never been there; to withhold it would leave a rule of Larder's that nobody wants any more, and that goes on deleting.
 */
final class LifecycleRepair {
    /** Characters (ECR's service quotas). */
    private static final int LONGEST_POLICY = 30_720;

    /** Asks ECR what a policy would do now. */
    @FunctionalInterface
    interface Previews {
        /** {@link Preview.Running} when there was not enough time; a {@link Preview.Complete} is of this text. */
        Preview of(RepositoryName repository, String text);
    }

    private final RepositorySettings settings;
    private final Guards guards;

    LifecycleRepair(RepositorySettings settings, Guards guards) {
        this.settings = settings;
        this.guards = guards;
    }

    /** @param previews what asks ECR; empty when nothing is to be changed */
    List<Drift> repair(RepositoryName name, Current current, Template template, Optional<Previews> previews) {
        return MergedPolicy.of(
                        current.lifecyclePolicy(), template.lifecyclePolicy(), LifecyclePolicies::merge, LONGEST_POLICY)
                .drifts(drift -> previews.map(asked -> put(name, drift, asked)).orElse(drift.drift()));
    }

    private Drift put(RepositoryName name, MergedPolicy.Repairable policy, Previews previews) {
        Drift drift = policy.drift();
        boolean onlyPeoples = PolicyText.read(policy.text())
                .filter(LifecyclePolicies::hasLarders)
                .isEmpty();
        if (onlyPeoples) {
            return replace(name, policy);
        }
        try {
            return switch (previews.of(name, policy.text())) {
                case Preview.Running running -> new Drift.Waiting(drift.field(), drift.found(), drift.wanted());
                case Preview.Broken(String status) -> Repairs.failed(drift, "ECR's preview ended as " + status);
                case Preview.Complete(String text, var images) -> {
                    Map<Digest, String> kept = images.isEmpty() ? Map.of() : guards.keep(name, images);
                    yield kept.isEmpty()
                            ? replace(name, policy)
                            : new Drift.Withheld(drift.field(), drift.found(), drift.wanted(), kept);
                }
            };
        } catch (CacheException e) {
            return Repairs.failed(drift, e);
        }
    }

    private Drift replace(RepositoryName name, MergedPolicy.Repairable policy) {
        return Repairs.policy(policy, () -> settings.lifecyclePolicy(name), () -> {
            if (policy.text().isEmpty()) {
                settings.deleteLifecyclePolicy(name);
            } else {
                settings.putLifecyclePolicy(name, policy.text());
            }
        });
    }
}
