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
import java.util.function.Supplier;

/**
 * Puts a lifecycle policy only after ECR's own preview of it, and only when nothing keeps any of the images that it would
 * expire now, whosever rule says so: a rule that goes, or another number, can set free what another rule held.
 *
 * <p>A policy in which no rule of Larder's is left is put without either. What it expires people's own rules do, as if Larder
 * had never been there; to withhold it would leave a rule of Larder's that nobody wants any more, and that goes on deleting.
 *
 * <p>While evictions are switched off, no other policy is put: ECR would carry it out within a day, and asks no switch. A new
 * repository that has one from its template loses Larder's rules for that time.
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
    private final Supplier<Optional<String>> off;

    /** @param off why nothing may be deleted now; read for each policy, and again right before it is put */
    LifecycleRepair(RepositorySettings settings, Guards guards, Supplier<Optional<String>> off) {
        this.settings = settings;
        this.guards = guards;
        this.off = off;
    }

    /** @param previews what asks ECR; empty when nothing is to be changed */
    List<Drift> repair(RepositoryName name, Current current, Optional<String> wanted, Optional<Previews> previews) {
        return MergedPolicy.of(current.lifecyclePolicy(), wanted, LifecyclePolicies::merge, LONGEST_POLICY)
                .drifts(drift -> halted(drift)
                        .orElseGet(() ->
                                previews.map(asked -> put(name, drift, asked)).orElse(drift.drift())));
    }

    /**
     * The same for a repository that has its rules from the template, which asks no switch: while that is off they are taken
     * out again.
     */
    List<Drift> repairNew(RepositoryName name, Current current, Template template, Optional<Previews> previews) {
        boolean has = current.lifecyclePolicy()
                .flatMap(PolicyText::read)
                .filter(LifecyclePolicies::hasLarders)
                .isPresent();
        Optional<String> wanted = has && off().isPresent() ? Optional.empty() : template.lifecyclePolicy();
        return repair(name, current, wanted, previews);
    }

    private static boolean onlyPeoples(MergedPolicy.Repairable policy) {
        return PolicyText.read(policy.text())
                .filter(LifecyclePolicies::hasLarders)
                .isEmpty();
    }

    private Optional<Drift> halted(MergedPolicy.Repairable policy) {
        Drift drift = policy.drift();
        return onlyPeoples(policy)
                ? Optional.empty()
                : off().map(why -> new Drift.Halted(drift.field(), drift.found(), drift.wanted(), why));
    }

    /** A switch that cannot be read may be off. */
    private Optional<String> off() {
        try {
            return off.get();
        } catch (RuntimeException e) {
            return Optional.of("the switch could not be read: " + e.getMessage());
        }
    }

    private Drift put(RepositoryName name, MergedPolicy.Repairable policy, Previews previews) {
        Drift drift = policy.drift();
        if (onlyPeoples(policy)) {
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
        return Repairs.policy(policy, () -> settings.lifecyclePolicy(name), () -> halted(policy), () -> {
            if (policy.text().isEmpty()) {
                settings.deleteLifecyclePolicy(name);
            } else {
                settings.putLifecyclePolicy(name, policy.text());
            }
        });
    }
}
