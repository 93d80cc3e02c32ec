package dev.larder.functions.lifecycle;

import dev.larder.domain.lifecycle.Group;
import dev.larder.domain.lifecycle.Manifest;
import dev.larder.domain.lifecycle.RepositoryPlan;
import dev.larder.domain.lifecycle.Verdict;
import dev.larder.events.LifecycleWork;
import dev.larder.events.image.Digest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A group that is to go.
 *
 * @param plan that lets it go, and knows why
 * @param asked what came of asking whether something speaks against it
 */
record Doomed(Group group, RepositoryPlan plan, Objections.Asked asked) {
    /** Whether it is what was selected: no larger, and going for the same reason and quota, if one was given. */
    boolean isAs(LifecycleWork.Selected selected) {
        return group.images() <= selected.images()
                && (selected.reason().isEmpty() || group.reason().text().equals(selected.reason()))
                && (selected.quota().isEmpty() || group.rule().equals(selected.quota()));
    }

    /** Whether it is of another, for the same reason, against which it was asked of at least as long a time what speaks. */
    boolean isPartOf(Doomed candidate) {
        return group.reason() == candidate.group().reason() && isAskedAboutWith(candidate);
    }

    /** Whether with another one it was asked of at least as long a time what speaks against it. */
    boolean isAskedAboutWith(Doomed candidate) {
        List<Manifest> all = candidate.group().manifests();
        return Set.copyOf(all).containsAll(group.manifests())
                && plan.unusedFor(group.manifests()).compareTo(candidate.plan().unusedFor(all)) <= 0;
    }

    /** Lines of its manifests as going, without some. */
    List<RunLine> linesWithout(Set<Digest> some, int piece) {
        return group.manifests().stream()
                .filter(manifest -> !some.contains(manifest.digest()))
                .map(manifest -> line(manifest, piece, RunLine.Outcome.EVICT))
                .toList();
    }

    /** The same with some of its manifests alone; absent when it has none of them. */
    Optional<Doomed> only(Set<Digest> some) {
        List<List<Manifest>> left = group.waves().stream()
                .map(wave -> wave.stream()
                        .filter(manifest -> some.contains(manifest.digest()))
                        .toList())
                .filter(wave -> !wave.isEmpty())
                .toList();
        return left.isEmpty()
                ? Optional.empty()
                : Optional.of(new Doomed(
                        new Group(
                                group.repository(),
                                left,
                                group.tops(),
                                group.lastUse(),
                                group.reason(),
                                group.rule(),
                                group.value()),
                        plan,
                        asked));
    }

    /** What becomes of one of its manifests, and why. */
    RunLine line(Manifest manifest, int piece, RunLine.Outcome outcome) {
        return RunLine.of(manifest, piece, outcome, group.reason().text(), evidence(manifest));
    }

    /** Why it is safe that the manifest goes. */
    List<String> evidence(Manifest manifest) {
        List<String> planned =
                plan.verdict(manifest.digest()) instanceof Verdict.Evict evict ? evict.evidence() : List.of();
        return Stream.concat(planned.stream(), asked.seen().getOrDefault(manifest.digest(), List.of()).stream())
                .toList();
    }
}
