package dev.larder.functions.lifecycle;

import dev.larder.domain.lifecycle.Group;
import dev.larder.domain.lifecycle.Groups;
import dev.larder.domain.lifecycle.Limits;
import dev.larder.domain.lifecycle.Manifest;
import dev.larder.domain.lifecycle.Policy;
import dev.larder.domain.lifecycle.RepositoryPlan;
import dev.larder.domain.lifecycle.Signals;
import dev.larder.domain.lifecycle.Use;
import dev.larder.domain.lifecycle.Verdict;
import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.ecr.CacheException;
import dev.larder.functions.ecr.CacheInventory;
import dev.larder.functions.table.ImageRecords;
import dev.larder.functions.table.RepositoryRecords;
import dev.larder.functions.usage.LastUses;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Sweeps one repository: plan, limits, and when the rule is enforced, deletion. */
final class RepositorySweep {
    private final CacheInventory inventory;
    private final Children children;
    private final ImageRecords records;
    private final LastUses lastUses;
    private final Runs runs;
    private final Evictor evictor;
    private final Policy policy;
    private final Limits limits;

    RepositorySweep(
            CacheInventory inventory,
            Children children,
            ImageRecords records,
            LastUses lastUses,
            Runs runs,
            Evictor evictor,
            Policy policy,
            Limits limits) {
        this.inventory = inventory;
        this.children = children;
        this.records = records;
        this.lastUses = lastUses;
        this.runs = runs;
        this.evictor = evictor;
        this.policy = policy;
        this.limits = limits;
    }

    /**
     * What came of it.
     *
     * @param lines one for each manifest
     * @param spent by the run, this repository included
     * @param stopped why the run is over
     */
    record Result(List<RunLine> lines, Limits.Spent spent, Optional<String> stopped) {
        Result {
            lines = List.copyOf(lines);
        }
    }

    /**
     * Sweeps.
     *
     * @param signals makes decisions as of when it is called
     */
    Result sweep(Run run, RepositoryName repository, Limits.Spent before, Supplier<Signals> signals) {
        RepositoryRecords known = records.repository(repository);
        List<Manifest> manifests = children.fill(repository, inventory.manifests(repository), known);
        Map<Digest, Use> uses = lastUses.of(manifests, known);
        RepositoryPlan plan = RepositoryPlan.of(manifests, uses, signals.get(), policy.keepNewest());
        Limits.Selection selection = limits.select(Groups.of(plan, uses), plan.tops(), before);
        Map<Digest, List<String>> evidence = new HashMap<>();
        List<RunLine> lines = new ArrayList<>();
        plan.verdicts().forEach((digest, verdict) -> {
            switch (verdict) {
                case Verdict.Evict(List<String> seen) -> evidence.put(digest, seen);
                case Verdict.Keep keep ->
                    lines.add(Evictor.line(
                            plan.manifest(digest),
                            RunLine.Outcome.KEEP,
                            keep.guard().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                            List.of(keep.detail())));
            }
        });
        selection.left().forEach(left -> lines.addAll(kept(left.group(), left.reason())));
        selection.taken().forEach(group -> lines.addAll(taken(run, group, evidence, signals)));
        lines.addAll(inCircles(plan, lines));
        return new Result(lines, selection.spent(), selection.stopped());
    }

    /** What will go is written down before it goes, so that undo finds it even after a kill. */
    private List<RunLine> taken(Run run, Group group, Map<Digest, List<String>> evidence, Supplier<Signals> signals) {
        List<RunLine> planned = group.manifests().stream()
                .map(manifest -> Evictor.line(
                        manifest,
                        RunLine.Outcome.EVICT,
                        Evictor.REASON,
                        evidence.getOrDefault(manifest.digest(), List.of())))
                .toList();
        if (!run.enforce()) {
            return planned;
        }
        runs.add(run, planned);
        try {
            return evictor.evict(run, group, evidence, signals);
        } catch (CacheException e) {
            // some may be gone: their tombstones stay, and they count against the limits
            return group.manifests().stream()
                    .map(manifest -> Evictor.line(
                            manifest, RunLine.Outcome.EVICT, "ECR failed", List.of(String.valueOf(e.getMessage()))))
                    .toList();
        }
    }

    private static List<RunLine> kept(Group group, String reason) {
        return group.manifests().stream()
                .map(manifest -> Evictor.line(manifest, RunLine.Outcome.KEEP, "limit", List.of(reason)))
                .toList();
    }

    /** Manifests that are in no group, though they could go: they refer to each other in a circle. */
    private static List<RunLine> inCircles(RepositoryPlan plan, List<RunLine> lines) {
        Set<Digest> told = new HashSet<>();
        lines.forEach(line -> told.add(line.digest()));
        return plan.manifests().values().stream()
                .filter(manifest -> !told.contains(manifest.digest()))
                .map(manifest -> Evictor.line(
                        manifest,
                        RunLine.Outcome.KEEP,
                        "unknown",
                        List.of("it and others refer to each other in a circle")))
                .toList();
    }
}
