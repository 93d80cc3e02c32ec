package dev.larder.functions.lifecycle;

import dev.larder.functions.sweep.Pieces;
import dev.larder.functions.sweep.Pieces.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The runs before a new one. Two must not delete side by side, or each would have the limits to itself; and one that cannot
 * go on must not keep all later ones from starting.
 */
final class EarlierRuns {
    /**
     * After so long without a piece that is done, none is on its way any more: the queue LifecycleWork hides a piece for ninety
     * minutes, three times, and then puts it among the dead letters.
     */
    static final Duration SILENT = Duration.ofHours(5);

    /** Nothing looks further back: what the pieces of a run came to is long forgotten then. */
    private static final Duration BACK = Duration.ofDays(30);

    private final Runs runs;
    private final Pieces pieces;
    private final RunEnd end;

    EarlierRuns(Runs runs, Pieces pieces) {
        this.runs = runs;
        this.pieces = pieces;
        this.end = new RunEnd(runs, pieces);
    }

    /**
     * What it found.
     *
     * @param goingOn a run that is not over, and not without hope
     * @param abandoned how many it ended, as nothing had become of them for long
     */
    record Found(Optional<Run> goingOn, int abandoned) {}

    /** Ends those that cannot go on, and finds one that still does. */
    Found look(String besides, Instant now) {
        List<Run> open = runs.all()
                .takeWhile(run -> run.startedAt().isAfter(now.minus(BACK)))
                .filter(run -> run.phase() != Run.Phase.DONE && !run.id().equals(besides))
                .toList();
        int abandoned = 0;
        Optional<Run> goingOn = Optional.empty();
        for (Run run : open) {
            Instant last = pieces.lastDone(run.id())
                    .filter(done -> done.isAfter(run.startedAt()))
                    .orElse(run.startedAt());
            if (last.plus(SILENT).isAfter(now)) {
                goingOn = Optional.of(run);
            } else if (end.abandon(run, why(run, last))) {
                abandoned++;
            }
        }
        return new Found(goingOn, abandoned);
    }

    private String why(Run run, Instant last) {
        Kind kind = run.phase() == Run.Phase.EVICTING ? Kind.EVICT : Kind.PLAN;
        return "given up while " + run.phase().text() + ", as nothing became of it since " + last + "; "
                + pieces.countDone(run.id(), kind)
                + run.pieces().map(all -> " of " + all).orElse("") + " pieces are done. The worker's log says"
                + " what stopped them; ./larder redrive LifecycleWork clears the dead letters, and does nothing else, as the"
                + " sweep is over";
    }
}
