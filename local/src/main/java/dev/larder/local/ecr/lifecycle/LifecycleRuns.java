package dev.larder.local.ecr.lifecycle;

import dev.larder.events.image.Digest;
import dev.larder.local.ecr.EcrEvents;
import dev.larder.local.ecr.lifecycle.LifecyclePolicy.Action;
import dev.larder.local.ecr.lifecycle.LifecyclePolicy.Kind;
import dev.larder.local.ecr.state.EcrRegistry;
import dev.larder.local.ecr.state.Image;
import dev.larder.local.ecr.state.LifecycleText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Acts on the lifecycle policies of a registry. ECR does so within 24 hours; whoever owns the clock says when. */
public final class LifecycleRuns {
    private final EcrRegistry registry;
    private final EcrEvents events;

    /** @param events hears of each image that is expired or archived */
    public LifecycleRuns(EcrRegistry registry, EcrEvents events) {
        this.registry = registry;
        this.events = events;
    }

    /** Evaluates every policy, and expires and archives what it hits; a repository is one change. */
    public void evaluate(Instant now) {
        for (LifecycleText policy : registry.repositories().lifecycles()) {
            evaluate(policy, now);
        }
    }

    /**
     * What a policy would do to a repository's images now, without the referrers that go with them.
     *
     * @throws dev.larder.local.aws.AwsException {@code InvalidParameterException} for a text that ECR would refuse
     */
    public List<Action> actions(String repository, String policyText, Instant now) {
        return LifecyclePolicy.parse(policyText).evaluate(images(repository), now);
    }

    private void evaluate(LifecycleText policy, Instant now) {
        String repository = policy.repository();
        List<Runnable> announcements = registry.change(() -> {
            List<Runnable> changes = new ArrayList<>();
            for (Action action : actions(repository, policy.text(), now)) {
                perform(repository, action.digest(), action.kind(), now, changes);
            }
            registry.repositories().putLifecycle(new LifecycleText(repository, policy.text(), Optional.of(now)));
            return changes;
        });
        announcements.forEach(Runnable::run);
    }

    /** Signatures and other referrers go where their subject goes; one that went before is passed over. */
    private void perform(String repository, Digest digest, Kind kind, Instant now, List<Runnable> announcements) {
        Optional<Image> found = registry.images().find(repository, digest).filter(image -> concerns(kind, image));
        if (found.isEmpty()) {
            return;
        }
        announcements.add(
                switch (kind) {
                    case EXPIRE -> expire(found.get());
                    case TRANSITION -> archive(found.get(), now);
                });
        for (Digest referrer : registry.images().referrers(repository, digest)) {
            if (!isHeld(repository, referrer, kind)) {
                perform(repository, referrer, kind, now, announcements);
            }
        }
    }

    private static boolean concerns(Kind kind, Image image) {
        return switch (kind) {
            case EXPIRE -> true;
            case TRANSITION -> image.active();
        };
    }

    private Runnable expire(Image image) {
        Optional<String> tag = registry.images().tagsOf(image.repository(), image.digest()).stream()
                .findFirst();
        registry.images().remove(image.repository(), image.digest());
        return () -> events.imageAction("DELETE", image.repository(), image.digest(), tag);
    }

    private Runnable archive(Image image, Instant now) {
        Image archived = image.archived(now);
        registry.images().update(archived);
        return () -> events.storageClassUpdated(archived.storageClassUpdate());
    }

    /** A referrer that an index lists goes after that index only, like every image. */
    private boolean isHeld(String repository, Digest referrer, Kind kind) {
        return registry.images().parents(repository, referrer).stream()
                .flatMap(index -> registry.images().find(repository, index).stream())
                .anyMatch(index -> switch (kind) {
                    case EXPIRE -> true;
                    case TRANSITION -> index.active();
                });
    }

    private List<LifecyclePolicy.Image> images(String repository) {
        return registry.images().page(repository, Optional.empty(), Integer.MAX_VALUE, any -> true).items().stream()
                .map(image -> new LifecyclePolicy.Image(
                        image.digest(),
                        registry.images().tagsOf(repository, image.digest()),
                        image.pushedAt(),
                        image.pulledAt(),
                        image.activatedAt(),
                        image.archivedAt(),
                        !image.active(),
                        Set.copyOf(registry.images().parents(repository, image.digest()))))
                .toList();
    }
}
