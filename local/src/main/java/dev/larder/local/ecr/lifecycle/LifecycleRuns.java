package dev.larder.local.ecr.lifecycle;

import dev.larder.events.image.Digest;
import dev.larder.local.ecr.EcrEvents;
import dev.larder.local.ecr.lifecycle.LifecycleRule.Kind;
import dev.larder.local.ecr.state.EcrRegistry;
import dev.larder.local.ecr.state.Image;
import dev.larder.local.ecr.state.LifecycleText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    /** What a policy would hit in a repository now. */
    public Map<Digest, LifecycleRule> hits(String repository, String policyText, Instant now) {
        return LifecyclePolicy.parse(policyText).evaluate(images(repository), now);
    }

    private void evaluate(LifecycleText policy, Instant now) {
        String repository = policy.repository();
        List<Done> done = new ArrayList<>();
        registry.change(() -> {
            Map<Digest, LifecycleRule> hits = hits(repository, policy.text(), now);
            hits.forEach((digest, rule) -> {
                List<String> tags = registry.images().tagsOf(repository, digest);
                perform(repository, digest, rule.kind(), now, done);
                done.add(new Done(digest, tags, rule.kind()));
            });
            registry.repositories().putLifecycle(new LifecycleText(repository, policy.text(), Optional.of(now)));
            return true;
        });
        done.forEach(action -> emit(repository, action));
    }

    /** Signatures and other referrers go where their subject goes. */
    private void perform(String repository, Digest digest, Kind kind, Instant now, List<Done> done) {
        Optional<Image> image = registry.images().find(repository, digest);
        if (image.isEmpty()) {
            return;
        }
        switch (kind) {
            case EXPIRE -> registry.images().remove(repository, digest);
            case TRANSITION -> registry.images().update(image.get().archived(now));
        }
        for (Digest referrer : registry.images().referrers(repository, digest)) {
            boolean held = kind == Kind.EXPIRE
                    && !registry.images().parents(repository, referrer).isEmpty();
            if (!held && registry.images().find(repository, referrer).isPresent()) {
                List<String> tags = registry.images().tagsOf(repository, referrer);
                perform(repository, referrer, kind, now, done);
                done.add(new Done(referrer, tags, kind));
            }
        }
    }

    private void emit(String repository, Done done) {
        String action = switch (done.kind()) {
            case EXPIRE -> "DELETE";
            case TRANSITION -> "UPDATE_STORAGE_CLASS";
        };
        events.imageAction(
                action, repository, done.digest(), done.tags().stream().findFirst());
    }

    private List<LifecycleImage> images(String repository) {
        return registry.images().page(repository, Optional.empty(), Integer.MAX_VALUE, any -> true).items().stream()
                .map(image -> new LifecycleImage(
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

    private record Done(Digest digest, List<String> tags, Kind kind) {}
}
