package dev.larder.functions.lifecycle;

import dev.larder.domain.lifecycle.Group;
import dev.larder.domain.lifecycle.Groups;
import dev.larder.domain.lifecycle.Limits;
import dev.larder.domain.lifecycle.Manifest;
import dev.larder.domain.lifecycle.Offer;
import dev.larder.domain.lifecycle.Policy;
import dev.larder.domain.lifecycle.RepositoryPlan;
import dev.larder.domain.lifecycle.RepositoryState;
import dev.larder.domain.lifecycle.Selection;
import dev.larder.domain.lifecycle.Totals;
import dev.larder.domain.lifecycle.Use;
import dev.larder.domain.lifecycle.Verdict;
import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.ecr.CacheException;
import dev.larder.functions.ecr.CacheInventory;
import dev.larder.functions.table.ImageRecords;
import dev.larder.functions.table.RepositoryRecords;
import dev.larder.functions.usage.LastUses;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
     * @param age since when pulls are recorded
     */
    Result sweep(Run run, RepositoryName repository, Limits.Spent before, UsageAge age, InstantSource clock) {
        RepositoryRecords known = records.repository(repository);
        List<Manifest> manifests = children.fill(repository, inventory.manifests(repository), known);
        Map<Digest, Use> uses = lastUses.of(manifests, known);
        RepositoryPlan plan = RepositoryPlan.of(
                state(repository, manifests, uses, age.completeSince(repository)), policy, clock.instant());
        Supplier<Evictor.Again> again = () -> {
            Optional<Instant> since = age.completeSince(repository);
            Instant then = clock.instant();
            return (fresh, usesThen) -> plan.keptNow(state(repository, fresh, usesThen, since), then);
        };
        Map<Offer, Group> groups = new HashMap<>();
        Groups.of(plan).forEach(group -> groups.put(Offer.of(group), group));
        Selection selection =
                Selection.of(List.copyOf(groups.keySet()), Map.of(repository, totals(plan)), List.of(), limits, before);
        Map<Digest, List<String>> evidence = new HashMap<>();
        List<RunLine> lines = new ArrayList<>();
        plan.verdicts().forEach((digest, verdict) -> {
            switch (verdict) {
                case Verdict.Evict evict -> evidence.put(digest, evict.evidence());
                case Verdict.Keep keep ->
                    lines.add(Evictor.line(
                            plan.manifest(digest),
                            RunLine.Outcome.KEEP,
                            keep.guard().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                            List.of(keep.detail())));
            }
        });
        selection
                .left()
                .forEach(left -> lines.addAll(kept(Objects.requireNonNull(groups.get(left.offer())), left.reason())));
        selection
                .taken()
                .forEach(offer -> lines.addAll(taken(run, Objects.requireNonNull(groups.get(offer)), evidence, again)));
        return new Result(lines, selection.spent(), selection.stopped());
    }

    /** What will go is written down before it goes, so that undo finds it even after a kill. */
    private List<RunLine> taken(
            Run run, Group group, Map<Digest, List<String>> evidence, Supplier<Evictor.Again> again) {
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
            return evictor.evict(run, group, evidence, again);
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

    /** A sweep goes repository by repository, and does not know the cell's size: its share is no limit here. */
    private static Totals totals(RepositoryPlan plan) {
        return new Totals(Integer.MAX_VALUE, plan.tops(), plan.bytes());
    }

    private static RepositoryState state(
            RepositoryName repository, List<Manifest> manifests, Map<Digest, Use> uses, Optional<Instant> since) {
        return new RepositoryState(repository, manifests, uses, since, List.of(), Map.of(), Optional.empty());
    }
}
