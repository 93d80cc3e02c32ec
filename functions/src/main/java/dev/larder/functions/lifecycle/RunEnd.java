package dev.larder.functions.lifecycle;

import dev.larder.functions.sweep.Pieces;
import dev.larder.functions.sweep.Pieces.Kind;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Ends a run when its last piece is done: adds up what came of all of them. */
final class RunEnd {
    private final Runs runs;
    private final Pieces pieces;

    RunEnd(Runs runs, Pieces pieces) {
        this.runs = runs;
        this.pieces = pieces;
    }

    /**
     * Ends the run when nothing of it is left to do.
     *
     * @return the run as it ended; absent when it goes on, or had ended before
     */
    Optional<Run> check(String id, Instant startedAt) {
        return runs.get(id, startedAt)
                .filter(run -> run.phase() == Run.Phase.EVICTING)
                .filter(run -> pieces.countDone(id, Kind.EVICT) >= run.pieces().orElse(0))
                .map(this::ended)
                .filter(ended -> runs.advance(ended, Run.Phase.EVICTING));
    }

    /**
     * Ends a run before its time, with what its pieces came to so far.
     *
     * @return false when it went on in the meantime: nothing is written then
     */
    boolean abandon(Run run, String why) {
        Run ended = ended(run);
        return runs.advance(ended.counting(ended.counts(), ended.bytes(), Optional.of(why)), run.phase());
    }

    private Run ended(Run run) {
        Map<String, Long> counts = new TreeMap<>(run.counts());
        long[] freed = {0};
        String[] stopped = {run.stopped().orElse("")};
        pieces.results(run.id(), Kind.EVICT).forEach(result -> {
            if (result.get("counts") instanceof Map<?, ?> of) {
                of.forEach(
                        (what, count) -> counts.merge(String.valueOf(what), ((Number) count).longValue(), Long::sum));
            }
            freed[0] += PlannedJson.number(result, "bytes").longValue();
            if (result.get("stopped") instanceof String why && stopped[0].isEmpty()) {
                stopped[0] = why;
            }
        });
        return run.counting(counts, freed[0], Optional.of(stopped[0]).filter(why -> !why.isEmpty()))
                .in(Run.Phase.DONE, run.pieces());
    }
}
