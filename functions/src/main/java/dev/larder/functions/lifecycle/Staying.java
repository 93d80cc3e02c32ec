package dev.larder.functions.lifecycle;

import dev.larder.domain.lifecycle.Manifest;
import dev.larder.domain.lifecycle.Objection;
import dev.larder.domain.lifecycle.RepositoryPlan;
import dev.larder.domain.lifecycle.Verdict;
import dev.larder.events.LifecycleWork;
import dev.larder.events.image.Digest;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What stays of what was selected, and why. */
final class Staying {
    private Staying() {}

    static Set<Digest> digests(List<Doomed> doomed) {
        return doomed.stream()
                .flatMap(going -> going.group().manifests().stream())
                .map(Manifest::digest)
                .collect(Collectors.toSet());
    }

    /**
     * Lines for each manifest of the groups that were selected and are not to go after all.
     *
     * @param doomed what goes
     * @param unaskedGroups what an objection to another group only made what it is
     */
    static List<RunLine> lines(
            LifecycleWork.Evict piece,
            RepositoryPlan plan,
            List<Doomed> candidates,
            Map<Digest, Objection> objections,
            List<Doomed> doomed,
            List<Doomed> unaskedGroups) {
        Set<Digest> going = digests(doomed);
        Set<Digest> unasked = digests(unaskedGroups);
        Map<Digest, Doomed> byFirst = candidates.stream()
                .collect(Collectors.toMap(each -> each.group().first(), each -> each));
        Map<RepositoryPlan, RepositoryPlan> objected = new HashMap<>();
        Map<Digest, RunLine> lines = new LinkedHashMap<>();
        for (LifecycleWork.Selected selected : piece.groups()) {
            Doomed candidate = byFirst.get(selected.first());
            RepositoryPlan why = objected.computeIfAbsent(
                    candidate == null ? plan : candidate.plan(), before -> before.objected(objections));
            List<Manifest> members = candidate == null
                    ? Optional.ofNullable(plan.manifests().get(selected.first())).stream()
                            .toList()
                    : candidate.group().manifests();
            members.stream()
                    .filter(manifest -> !going.contains(manifest.digest()))
                    .forEach(manifest -> lines.putIfAbsent(
                            manifest.digest(),
                            stays(
                                    piece,
                                    manifest,
                                    Optional.of(why.verdict(manifest.digest()))
                                            .filter(verdict -> !unasked.contains(manifest.digest())))));
        }
        return List.copyOf(lines.values());
    }

    private static RunLine stays(LifecycleWork.Evict piece, Manifest manifest, Optional<Verdict> verdict) {
        return verdict.orElse(null) instanceof Verdict.Keep keep
                ? RunLine.of(
                        manifest,
                        piece.batch(),
                        RunLine.Outcome.KEEP,
                        PlannedRepository.words(keep),
                        List.of(keep.detail()))
                : RunLine.of(
                        manifest,
                        piece.batch(),
                        RunLine.Outcome.KEEP,
                        "changed in between",
                        List.of("what it goes with is not what was selected"));
    }

    /**
     * Why each group stays of which something does.
     *
     * @param objected what spoke against some of them: the others stay for these
     */
    static Map<KeptGroups.Name, String> groups(List<Doomed> groups, List<RunLine> lines, Set<Digest> objected) {
        Map<Digest, RunLine> staying = lines.stream()
                .filter(line -> line.outcome() != RunLine.Outcome.EVICT)
                .collect(Collectors.toMap(RunLine::digest, line -> line));
        Map<KeptGroups.Name, String> kept = new HashMap<>();
        groups.forEach(doomed -> doomed.group().manifests().stream()
                .flatMap(manifest -> Optional.ofNullable(staying.get(manifest.digest())).stream())
                .min(Comparator.comparing(line -> !objected.contains(line.digest())))
                .ifPresent(line -> kept.put(KeptGroups.Name.of(doomed.group()), line.reason())));
        return kept;
    }

    /** The same of those of which ECR refused to delete something. */
    static Map<KeptGroups.Name, String> refused(List<Doomed> groups, List<RunLine> lines) {
        return groups(
                groups,
                lines.stream()
                        .filter(line -> line.outcome() == RunLine.Outcome.FAILED)
                        .toList(),
                Set.of());
    }
}
