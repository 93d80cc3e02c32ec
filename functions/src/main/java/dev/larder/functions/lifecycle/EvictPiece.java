package dev.larder.functions.lifecycle;

import dev.larder.domain.lifecycle.Groups;
import dev.larder.domain.lifecycle.Manifest;
import dev.larder.domain.lifecycle.RepositoryPlan;
import dev.larder.events.LifecycleWork;
import dev.larder.events.image.Digest;
import dev.larder.functions.sweep.PieceLease;
import dev.larder.functions.sweep.Pieces.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Deals with what was selected in one repository: plans the repository once more, reads the signals that are too dear for
 * every image, and, when the run enforces, deletes. What is to go is written down before it goes, so that a piece whose
 * worker died is finished by the next, and undo finds everything.
 */
final class EvictPiece {
    private final LifecyclePorts ports;
    private final Eviction eviction;
    private final RepositoryReading reading;
    private final Evictor evictor;
    private final RunEnd end;

    EvictPiece(LifecyclePorts ports, Eviction eviction, RepositoryReading reading, RunEnd end) {
        this.ports = ports;
        this.eviction = eviction;
        this.reading = reading;
        this.evictor = new Evictor(ports, reading, eviction.enforce());
        this.end = end;
    }

    /** What came of it; absent when it had been done before, somebody else is at it, or the run is over. */
    Optional<Evicted> evict(LifecycleWork.Evict piece) {
        Optional<Run> run = ports.runs()
                .get(piece.run(), piece.startedAt())
                .filter(found -> found.phase() == Run.Phase.SELECTING || found.phase() == Run.Phase.EVICTING);
        Optional<Evicted> evicted = run.flatMap(found -> dealAlone(found, piece));
        end.check(piece.run(), piece.startedAt());
        return evicted;
    }

    /** Of two at the same time, the one would take away the tombstones of what the other deletes. */
    private Optional<Evicted> dealAlone(Run run, LifecycleWork.Evict piece) {
        if (isDone(piece) || !ports.isReady(piece)) {
            return Optional.empty();
        }
        Optional<PieceLease> lease = ports.pieces()
                .take(piece.run(), Kind.EVICT, piece.batch(), ports.clock().instant());
        if (lease.isEmpty()) {
            // sent, not failed: who is at it may take long, and this is no try that counts towards the dead letters
            ports.queue().send(List.of(piece), PieceLease.AGAIN);
            return Optional.empty();
        }
        try (PieceLease _ = lease.get()) {
            if (isDone(piece)) {
                return Optional.empty();
            }
            Evicted evicted = deal(run, piece);
            ports.pieces()
                    .done(
                            piece.run(),
                            Kind.EVICT,
                            piece.batch(),
                            evicted.fields(),
                            ports.clock().instant());
            return Optional.of(evicted);
        }
    }

    private boolean isDone(LifecycleWork.Evict piece) {
        return ports.pieces().isDone(piece.run(), Kind.EVICT, piece.batch());
    }

    private Evicted deal(Run run, LifecycleWork.Evict piece) {
        RepositoryPlan plan = LifecyclePlanning.of(ports, eviction, reading)
                .plan(piece.repository())
                .byRules();
        List<RunLine> unfinished = unfinished(run, piece, plan);
        List<LifecycleWork.Selected> wanted = wanted(piece, unfinished);
        List<Doomed> candidates = largest(acceptable(plan, Objections.Asked.NOTHING, wanted, List.of()));
        Objections.Asked objections = objections(run, plan, candidates);
        // one that an objection splits may make room for another one, against which nobody asked what speaks
        Map<Boolean, List<Doomed>> asked = acceptable(plan, objections, wanted, candidates).stream()
                .collect(Collectors.partitioningBy(going -> candidates.stream().anyMatch(going::isAskedAboutWith)));
        List<Doomed> doomed = largest(asked.getOrDefault(true, List.of()));
        List<RunLine> lines = new ArrayList<>(Staying.lines(
                piece, plan, candidates, objections.against(), doomed, asked.getOrDefault(false, List.of())));
        lines.addAll(doomed.stream()
                .flatMap(going -> going.linesWithout(Set.of(), piece.batch()).stream())
                .toList());
        ports.runs().add(run, lines);
        keep(
                run,
                piece,
                Staying.groups(
                        selected(byFirst(plan, Objections.Asked.NOTHING), wanted),
                        lines,
                        objections.against().keySet()));
        Set<Digest> tried = evictor.tried(run, unfinished);
        evictor.spare(run, piece.batch(), staying(unfinished, plan, doomed));
        Optional<String> stopped = run.enforce()
                ? evictor.evict(run, piece.batch(), doomed, tried)
                : ports.killSwitch().off();
        List<RunLine> all = ports.runs()
                .lines(run.id(), piece.repository())
                .filter(line -> line.piece() == piece.batch())
                .toList();
        keep(run, piece, Staying.refused(doomed, all));
        return Evicted.of(all, run.enforce() ? stopped : Optional.empty());
    }

    /** Remembers the groups that stay, or of which ECR refused something, so that the next run takes others first. */
    private void keep(Run run, LifecycleWork.Evict piece, Map<KeptGroups.Name, String> groups) {
        Map<KeptGroups.Name, KeptGroups.Kept> kept = new HashMap<>();
        groups.forEach((name, why) ->
                kept.put(name, new KeptGroups.Kept(why, run.id(), ports.clock().instant())));
        ports.keptGroups().keep(piece.repository(), kept);
    }

    /**
     * Of an earlier try whose worker died: what it had written down and is not there any more, is gone.
     *
     * @return what is still there
     */
    private List<RunLine> unfinished(Run run, LifecycleWork.Evict piece, RepositoryPlan plan) {
        Map<Boolean, List<RunLine>> earlier = ports.runs()
                .lines(run.id(), piece.repository())
                .filter(line -> line.piece() == piece.batch() && line.outcome() == RunLine.Outcome.EVICT)
                .collect(Collectors.partitioningBy(line -> plan.manifests().containsKey(line.digest())));
        if (run.enforce()) {
            evictor.finish(run, earlier.getOrDefault(false, List.of()));
        }
        return earlier.getOrDefault(true, List.of());
    }

    /** What an index listed that is gone already goes for itself, for whatever reason; all of it together was selected. */
    private static List<LifecycleWork.Selected> wanted(LifecycleWork.Evict piece, List<RunLine> unfinished) {
        List<LifecycleWork.Selected> wanted = new ArrayList<>(piece.groups());
        Set<Digest> firsts =
                piece.groups().stream().map(LifecycleWork.Selected::first).collect(Collectors.toSet());
        unfinished.stream()
                .map(RunLine::digest)
                .filter(digest -> !firsts.contains(digest))
                .forEach(digest -> wanted.add(new LifecycleWork.Selected(digest, unfinished.size(), "", "")));
        return wanted;
    }

    /** What an earlier try wrote down as going, and does not go now. */
    private static List<Manifest> staying(List<RunLine> unfinished, RepositoryPlan plan, List<Doomed> doomed) {
        Set<Digest> going = Staying.digests(doomed);
        return unfinished.stream()
                .map(RunLine::digest)
                .filter(digest -> !going.contains(digest))
                .map(digest -> plan.manifests().get(digest))
                .filter(Objects::nonNull)
                .toList();
    }

    /**
     * What may go now of what was selected; of two that share something, both.
     *
     * @param candidates against which it was asked what speaks: an objection to one of a group leaves others of it to go
     */
    private List<Doomed> acceptable(
            RepositoryPlan plan, Objections.Asked asked, List<LifecycleWork.Selected> wanted, List<Doomed> candidates) {
        Map<Digest, List<Doomed>> byFirst = byFirst(plan, asked);
        List<Doomed> some = selected(byFirst, wanted);
        for (Doomed candidate : candidates) {
            for (Manifest manifest : candidate.group().manifests()) {
                byFirst.getOrDefault(manifest.digest(), List.of()).stream()
                        .filter(doomed -> doomed.isPartOf(candidate))
                        .forEach(some::add);
            }
        }
        return some;
    }

    /** All that may go, by the rules and for each quota. */
    private Map<Digest, List<Doomed>> byFirst(RepositoryPlan plan, Objections.Asked asked) {
        List<Doomed> may = new ArrayList<>();
        RepositoryPlan byRules = plan.objected(asked.against());
        Groups.of(byRules).forEach(group -> may.add(new Doomed(group, byRules, asked)));
        for (RepositoryPlan quota : plan.underQuotas(eviction.quotas()).values()) {
            RepositoryPlan under = quota.objected(asked.against());
            PlannedRepository.forQuota(under).forEach(group -> may.add(new Doomed(group, under, asked)));
        }
        return may.stream()
                .collect(Collectors.groupingBy(doomed -> doomed.group().first()));
    }

    private static List<Doomed> selected(Map<Digest, List<Doomed>> byFirst, List<LifecycleWork.Selected> wanted) {
        List<Doomed> some = new ArrayList<>();
        for (LifecycleWork.Selected selected : wanted) {
            byFirst.getOrDefault(selected.first(), List.of()).stream()
                    .filter(doomed -> doomed.isAs(selected))
                    .findFirst()
                    .ifPresent(some::add);
        }
        return some;
    }

    /** Of those that share something the largest: what goes along with it goes by itself only when that does not go. */
    private static List<Doomed> largest(List<Doomed> some) {
        List<Doomed> largest = new ArrayList<>();
        Set<Digest> taken = new HashSet<>();
        some.stream()
                .sorted(Comparator.comparingInt(
                                (Doomed doomed) -> doomed.group().images())
                        .reversed())
                .forEach(doomed -> takeUnlessTaken(doomed, taken, largest));
        return largest;
    }

    private static void takeUnlessTaken(Doomed doomed, Set<Digest> taken, List<Doomed> chosen) {
        Set<Digest> digests = Staying.digests(List.of(doomed));
        if (Collections.disjoint(taken, digests)) {
            taken.addAll(digests);
            chosen.add(doomed);
        }
    }

    /** A run that deletes believes what was answered since it began: a later try of this piece does not ask again. */
    private Objections.Asked objections(Run run, RepositoryPlan plan, List<Doomed> doomed) {
        Objections objections =
                ports.objections().inPiece(run.enforce() ? Optional.of(run.startedAt()) : Optional.empty());
        Map<Duration, List<Manifest>> candidates = new TreeMap<>();
        for (Doomed going : doomed) {
            List<Manifest> manifests = going.group().manifests();
            candidates
                    .computeIfAbsent(going.plan().unusedFor(manifests), time -> new ArrayList<>())
                    .addAll(manifests);
        }
        Objections.Asked asked = Objections.Asked.NOTHING;
        for (Map.Entry<Duration, List<Manifest>> some : candidates.entrySet()) {
            asked = asked.and(objections.of(
                    plan.repository(),
                    some.getValue(),
                    some.getKey(),
                    plan.rule().evictGone()));
        }
        return asked;
    }
}
