package dev.larder.functions.lifecycle;

import dev.larder.domain.lifecycle.Manifest;
import dev.larder.domain.lifecycle.RepositoryPlan;
import dev.larder.domain.lifecycle.Verdict;
import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.desired.Guards;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What keeps images from eviction keeps them from ECR's own lifecycle policies as well. */
final class EvictionGuards implements Guards {
    private final LifecyclePorts ports;
    private final Eviction eviction;
    private final RepositoryReading reading;

    EvictionGuards(LifecyclePorts ports, Eviction eviction, RepositoryReading reading) {
        this.ports = ports;
        this.eviction = eviction;
        this.reading = reading;
    }

    @Override
    public Map<Digest, String> keep(RepositoryName repository, Collection<Digest> digests) {
        RepositoryPlan plan = RepositoryPlan.of(
                reading.whole(repository, ports.inUse().now()),
                eviction.policy(),
                ports.clock().instant());
        List<Manifest> candidates = plan.candidates().stream()
                .filter(manifest -> digests.contains(manifest.digest()))
                .toList();
        RepositoryPlan objected = candidates.isEmpty()
                ? plan
                : plan.objected(ports.objections()
                        .of(
                                repository,
                                candidates,
                                plan.unusedFor(candidates),
                                plan.rule().evictGone())
                        .against());
        Map<Digest, String> kept = new HashMap<>();
        for (Digest digest : digests) {
            // what is not in the repository any more needs no keeping; nor does what is in ECR's archive, which nobody
            // can pull and only a rule of people's own is about
            Manifest manifest = objected.manifests().get(digest);
            if (manifest != null && !manifest.archived() && objected.verdict(digest) instanceof Verdict.Keep keep) {
                kept.put(digest, keep.detail());
            }
        }
        return kept;
    }
}
