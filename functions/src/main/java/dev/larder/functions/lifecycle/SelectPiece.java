package dev.larder.functions.lifecycle;

import dev.larder.domain.lifecycle.Limits;
import dev.larder.domain.lifecycle.Offer;
import dev.larder.domain.lifecycle.Selection;
import dev.larder.domain.lifecycle.Totals;
import dev.larder.events.LifecycleWork;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.sweep.PieceLease;
import dev.larder.functions.sweep.Pieces.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Selects what goes, of all that may go in the cell, within the limits of the run, and sends it to be dealt with. It looks
 * only at what the pieces of the plan wrote down, so that it comes to the same however often it is done.
 */
final class SelectPiece {
    /** Manifests in a piece, unless a group has more. */
    static final int IN_A_PIECE = 500;

    private final LifecyclePorts ports;
    private final Eviction eviction;
    private final RunEnd end;
    private final int inAPiece;

    /** @param inAPiece so many manifests, or one group */
    SelectPiece(LifecyclePorts ports, Eviction eviction, RunEnd end, int inAPiece) {
        this.ports = ports;
        this.eviction = eviction;
        this.end = end;
        this.inAPiece = inAPiece;
    }

    /**
     * Selects, unless it was done before, or somebody else is at it.
     *
     * @return whether something that would have been deleted stays, as a limit or other settings stopped the run; a limit also
     *     when it was found before, by somebody who may have died before it was told
     */
    boolean select(LifecycleWork.Select piece) {
        if (planned(piece).isEmpty()) {
            return ports.runs()
                    .get(piece.run(), piece.startedAt())
                    .filter(SelectPiece::isStopped)
                    .isPresent();
        }
        Optional<PieceLease> lease =
                ports.pieces().take(piece.run(), Kind.SELECT, 0, ports.clock().instant());
        if (lease.isEmpty()) {
            ports.queue().send(List.of(piece), PieceLease.AGAIN);
            return false;
        }
        try (PieceLease _ = lease.get()) {
            return planned(piece).filter(this::select).isPresent();
        }
    }

    private Optional<Run> planned(LifecycleWork.Select piece) {
        return ports.runs().get(piece.run(), piece.startedAt()).filter(this::isPlanned);
    }

    /** One that ended before anything was selected was given up, and that is told otherwise. */
    private static boolean isStopped(Run run) {
        return run.enforce()
                && (run.phase() == Run.Phase.EVICTING || run.phase() == Run.Phase.DONE)
                && !run.counts().isEmpty()
                && run.stopped().isPresent();
    }

    private boolean select(Run run) {
        if (!run.settings().equals(eviction.settings())) {
            end.abandon(run, "lifecycle's settings changed in the middle; the next sweep goes by the new ones");
            return run.enforce();
        }
        if (run.phase() == Run.Phase.PLANNING
                && !ports.runs().advance(run.in(Run.Phase.SELECTING, run.pieces()), Run.Phase.PLANNING)) {
            return false;
        }
        Planned planned = planned(run);
        Limits limits = eviction.limits(run.reduced());
        Selection selection =
                Selection.of(planned.offers, planned.totals, eviction.quotas(), limits, Limits.Spent.NOTHING);
        List<LifecycleWork.Evict> work = work(run, selection);
        ports.queue().send(work);
        long left = selection.left().stream()
                .mapToLong(waiting -> waiting.offer().images())
                .sum();
        planned.counts.merge("limit", left, Long::sum);
        planned.counts.values().removeIf(count -> count == 0);
        ports.runs()
                .advance(
                        run.counting(planned.counts, 0, selection.stopped())
                                .in(Run.Phase.EVICTING, Optional.of(work.size())),
                        Run.Phase.SELECTING);
        end.check(run.id(), run.startedAt());
        return run.enforce() && selection.stopped().isPresent();
    }

    /** Everything is planned, and nothing is selected yet, or somebody died over it. */
    private boolean isPlanned(Run run) {
        return switch (run.phase()) {
            case PLANNING ->
                run.pieces()
                        .filter(all -> ports.pieces().countDone(run.id(), Kind.PLAN) >= all)
                        .isPresent();
            case SELECTING -> true;
            case EVICTING, DONE -> false;
        };
    }

    private static final class Planned {
        private final List<Offer> offers = new ArrayList<>();
        private final Map<RepositoryName, Totals> totals = new HashMap<>();
        private final Map<String, Long> counts = new TreeMap<>();

        /** A start that was tried again numbers its pieces anew, so two may have planned one repository. */
        void add(PlannedRepository repository) {
            if (totals.putIfAbsent(repository.repository(), repository.totals()) == null) {
                offers.addAll(repository.offers());
                repository.kept().forEach((guard, count) -> counts.merge(guard, count, Long::sum));
            }
        }
    }

    private Planned planned(Run run) {
        Planned all = new Planned();
        ports.pieces().results(run.id(), Kind.PLAN).forEach(result -> {
            PlannedJson.objects(result, "planned").map(PlannedJson::read).forEach(all::add);
            if (result.get("leftOut") instanceof List<?> leftOut) {
                all.counts.merge("repositories left out", (long) leftOut.size(), Long::sum);
            }
            if (result.get("drift") instanceof Map<?, ?> drift) {
                drift.forEach((outcome, count) ->
                        all.counts.merge(String.valueOf(outcome), ((Number) count).longValue(), Long::sum));
            }
        });
        return all;
    }

    private static LifecycleWork.Selected selected(Offer offer) {
        return new LifecycleWork.Selected(
                offer.first(),
                offer.images(),
                offer.reason().text(),
                offer.quota().orElse(""));
    }

    private List<LifecycleWork.Evict> work(Run run, Selection selection) {
        Map<RepositoryName, List<Offer>> byRepository = new TreeMap<>();
        selection
                .taken()
                .forEach(offer -> byRepository
                        .computeIfAbsent(offer.repository(), repository -> new ArrayList<>())
                        .add(offer));
        List<LifecycleWork.Evict> work = new ArrayList<>();
        byRepository.forEach((repository, offers) -> {
            int from = 0;
            while (from < offers.size()) {
                int to = from;
                for (int images = 0;
                        to < offers.size()
                                && (to == from || images + offers.get(to).images() <= inAPiece);
                        to++) {
                    images += offers.get(to).images();
                }
                work.add(new LifecycleWork.Evict(
                        run.id(),
                        run.startedAt(),
                        work.size(),
                        repository,
                        offers.subList(from, to).stream()
                                .flatMap(offer -> Stream.concat(
                                        Stream.of(offer),
                                        selection.alongWith().getOrDefault(offer, List.of()).stream()))
                                .map(SelectPiece::selected)
                                .toList()));
                from = to;
            }
        });
        return work;
    }
}
