package dev.larder.functions.lifecycle;

import dev.larder.events.LifecycleWork;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.ecr.CacheInventory;
import dev.larder.functions.sweep.LifecycleQueue;
import dev.larder.functions.sweep.Pieces;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Begins a sweep: writes it down, and sends every cached repository to be planned, some in each piece. */
public final class SweepStart {
    /** Repositories in a piece: some seconds of work, and far below the longest message. */
    private static final int IN_A_PIECE = 50;

    private final CacheInventory inventory;
    private final Runs runs;
    private final EarlierRuns earlier;
    private final LifecycleQueue queue;
    private final Eviction eviction;
    private final String version;

    /**
     * Takes the ports.
     *
     * @param version of the functions, which changes with each deploy that changes code or settings
     */
    public SweepStart(
            CacheInventory inventory,
            Runs runs,
            Pieces pieces,
            LifecycleQueue queue,
            Eviction eviction,
            String version) {
        this.inventory = inventory;
        this.runs = runs;
        this.earlier = new EarlierRuns(runs, pieces);
        this.queue = queue;
        this.eviction = eviction;
        this.version = version;
    }

    /**
     * What came of it.
     *
     * @param run as it was written down
     * @param abandoned how many earlier sweeps were given up, since they could not go on
     */
    public record Started(Run run, int abandoned) {}

    /**
     * Begins it, unless an earlier sweep still goes on: then it is over at once, and says so. One that had begun already and
     * whose pieces were not all sent is begun again: what comes twice is done once.
     *
     * @param id the run's
     * @param at when the schedule wanted it
     */
    public Started start(String id, Instant at) {
        Optional<Run> known = runs.get(id, at);
        if (known.isPresent()) {
            return new Started(sent(known.get()), 0);
        }
        Run begun = Run.begun(
                id, at, eviction.enforce(), version, eviction.settings(), eviction.enforce() && isFirstOfVersion());
        EarlierRuns.Found before = earlier.look(id, at);
        Run first = before.goingOn().map(begun::besides).orElse(begun);
        runs.begin(first);
        return new Started(sent(runs.get(id, at).orElse(first)), before.abandoned());
    }

    private Run sent(Run run) {
        if (run.phase() != Run.Phase.PLANNING || run.pieces().isPresent()) {
            return run;
        }
        Run sent = run.in(Run.Phase.PLANNING, Optional.of(sendAll(run)));
        runs.advance(sent, Run.Phase.PLANNING);
        // the pieces may all have been done before their number was known
        queue.send(List.of(new LifecycleWork.Select(run.id(), run.startedAt())));
        return sent;
    }

    /** A run in which nothing went proves nothing. */
    private boolean isFirstOfVersion() {
        return runs.all()
                .filter(run -> run.counts().getOrDefault(RunLine.Outcome.EVICTED.text(), 0L) > 0)
                .findFirst()
                .filter(last -> last.version().equals(version))
                .isEmpty();
    }

    private int sendAll(Run run) {
        Iterator<CacheInventory.Repository> all = inventory
                .repositories()
                .filter(repository -> eviction.policy().covers(repository.name()))
                .iterator();
        int pieces = 0;
        List<LifecycleWork> waiting = new ArrayList<>();
        while (all.hasNext()) {
            waiting.add(piece(run, pieces++, all));
            if (waiting.size() == IN_A_PIECE) {
                queue.send(waiting);
                waiting.clear();
            }
        }
        queue.send(waiting);
        return pieces;
    }

    private static LifecycleWork piece(Run run, int number, Iterator<CacheInventory.Repository> all) {
        List<RepositoryName> names = new ArrayList<>();
        String prefix = "";
        while (names.size() < IN_A_PIECE && all.hasNext()) {
            CacheInventory.Repository repository = all.next();
            String arn = repository.description().arn();
            prefix = arn.substring(0, arn.length() - repository.name().value().length());
            names.add(repository.name());
        }
        return new LifecycleWork.Plan(run.id(), run.startedAt(), number, prefix, names);
    }
}
