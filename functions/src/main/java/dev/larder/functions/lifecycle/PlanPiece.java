package dev.larder.functions.lifecycle;

import dev.larder.domain.desired.Drift;
import dev.larder.domain.lifecycle.Limits;
import dev.larder.events.LifecycleWork;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.ecr.CacheException;
import dev.larder.functions.ecr.CacheInventory;
import dev.larder.functions.sweep.Pieces.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Plans some repositories: reads each once, repairs what is not as it should be, and writes down what may go. The piece that
 * is the last to be done asks for the selection.
 */
final class PlanPiece {
    /** Repairs begin so long after a piece at most: a preview of a policy may take half a minute, and planning has to be done. */
    private static final Duration REPAIRING = Duration.ofMinutes(8);

    private final LifecyclePorts ports;
    private final Eviction eviction;
    private final RepositoryReading reading;
    private final ReconcilePiece reconciliation;

    PlanPiece(LifecyclePorts ports, Eviction eviction, RepositoryReading reading, ReconcilePiece reconciliation) {
        this.ports = ports;
        this.eviction = eviction;
        this.reading = reading;
        this.reconciliation = reconciliation;
    }

    void plan(LifecycleWork.Plan piece) {
        Optional<Run> run =
                ports.runs().get(piece.run(), piece.startedAt()).filter(found -> found.phase() == Run.Phase.PLANNING);
        if (run.isEmpty()) {
            return;
        }
        if (!ports.pieces().isDone(piece.run(), Kind.PLAN, piece.batch())) {
            Instant begun = ports.clock().instant();
            if (!ports.isReady(piece)) {
                return;
            }
            ports.pieces()
                    .done(
                            piece.run(),
                            Kind.PLAN,
                            piece.batch(),
                            result(piece, eviction.limits(run.get().reduced()), begun),
                            ports.clock().instant());
        }
        if (isLast(piece)) {
            ports.queue().send(List.of(new LifecycleWork.Select(piece.run(), piece.startedAt())));
        }
    }

    /** Read again: the number of pieces may have become known since. */
    private boolean isLast(LifecycleWork.Plan piece) {
        return ports.runs()
                .get(piece.run(), piece.startedAt())
                .flatMap(Run::pieces)
                .filter(all -> ports.pieces().countDone(piece.run(), Kind.PLAN) >= all)
                .isPresent();
    }

    private Map<String, Object> result(LifecycleWork.Plan piece, Limits limits, Instant begun) {
        LifecyclePlanning planning = LifecyclePlanning.of(ports, eviction, reading);
        List<Map<String, Object>> planned = new ArrayList<>();
        List<String> leftOut = new ArrayList<>();
        List<Drift> drifts = new ArrayList<>();
        Instant repairsEnd = begun.plus(REPAIRING);
        Map<RepositoryName, CacheInventory.Repository> compared = compared(piece);
        for (RepositoryName name : piece.repositories()) {
            try {
                Optional.ofNullable(compared.get(name))
                        .ifPresent(repository -> drifts.addAll(reconciled(piece, repository, repairsEnd)));
                planned.add(PlannedJson.write(planning.plan(name).offered(limits)));
            } catch (CacheException | IllegalArgumentException e) {
                // ECR refused, or said something that nobody understands; the others are planned all the same
                System.out.println(name + " is left out: " + e.getMessage());
                leftOut.add(name + ": " + e.getMessage());
            }
        }
        return Map.of("planned", planned, "leftOut", leftOut, "drift", counts(drifts));
    }

    private Map<RepositoryName, CacheInventory.Repository> compared(LifecycleWork.Plan piece) {
        try {
            return reconciliation.described(piece).stream()
                    .collect(Collectors.toMap(
                            CacheInventory.Repository::name, repository -> repository, (one, again) -> one));
        } catch (CacheException e) {
            System.out.println(piece.repositories().size() + " repositories, "
                    + piece.repositories().getFirst() + " the first, stay as they are: " + e.getMessage());
            return Map.of();
        }
    }

    /** That a repository cannot be brought to its desired state keeps nobody from planning it. */
    private List<Drift> reconciled(LifecycleWork.Plan piece, CacheInventory.Repository repository, Instant repairsEnd) {
        if (!ports.clock().instant().isBefore(repairsEnd)) {
            System.out.println(
                    repository.name() + " is brought to its desired state in the next sweep: repairs took too long");
            return List.of();
        }
        try {
            return reconciliation.first(piece, repository);
        } catch (CacheException e) {
            System.out.println(repository.name() + " stays as it is: " + e.getMessage());
            return List.of();
        }
    }

    /** {@code drift repaired}, {@code drift conflict} and so on, each with how many. */
    private static Map<String, Long> counts(List<Drift> drifts) {
        return drifts.stream()
                .collect(Collectors.groupingBy(
                        drift -> switch (drift) {
                            case Drift.Open _ -> "drift open";
                            case Drift.Repaired _ -> "drift repaired";
                            case Drift.Waiting _ -> "drift waiting";
                            case Drift.Overtaken _ -> "drift overtaken";
                            case Drift.Failed _ -> "drift failed";
                            case Drift.Withheld _, Drift.Halted _ -> "drift withheld";
                            case Drift.Conflict _ -> "drift conflicts";
                        },
                        Collectors.counting()));
    }
}
