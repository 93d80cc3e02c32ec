package dev.larder.functions.lifecycle;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One sweep over the cache.
 *
 * @param id Scheduler's execution id: a retry is the same run
 * @param enforce false: nothing was deleted
 * @param phase how far it is
 * @param version of the functions that started it: changes with each deploy that changes code or settings
 * @param settings of the lifecycle when it started, see {@link Eviction#settings}
 * @param reduced whether its limits are a tenth, since no run has evicted anything since the deploy
 * @param pieces how many pieces the phase has; absent while they are still being sent
 * @param counts how many images got each verdict, by {@link RunLine.Outcome#text}, or by the guard that kept them
 * @param bytes that were freed, or would have been
 * @param stopped why it stopped before its end; absent when it did not
 */
public record Run(
        String id,
        Instant startedAt,
        boolean enforce,
        Phase phase,
        String version,
        String settings,
        boolean reduced,
        Optional<Integer> pieces,
        Map<String, Long> counts,
        long bytes,
        Optional<String> stopped) {
    /** How far a run is. */
    public enum Phase {
        /** Repositories are read and planned. */
        PLANNING,
        /** What goes is being selected within the limits. */
        SELECTING,
        /** What was selected is looked at again, and deleted when the run enforces. */
        EVICTING,
        /** It is over. */
        DONE;

        /** The word in the table. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Phase of(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT));
        }
    }

    /** Copies the map. */
    public Run {
        counts = Map.copyOf(counts);
    }

    /** A run that has just begun. */
    public static Run begun(
            String id, Instant startedAt, boolean enforce, String version, String settings, boolean reduced) {
        return new Run(
                id,
                startedAt,
                enforce,
                Phase.PLANNING,
                version,
                settings,
                reduced,
                Optional.empty(),
                Map.of(),
                0,
                Optional.empty());
    }

    /** The same run, over before it began, as another one is at work. */
    Run besides(Run other) {
        String why = "not started: the sweep " + other.id() + ", begun at " + other.startedAt() + ", is still "
                + other.phase().text() + ", and two would not keep the limits";
        return in(Phase.DONE, Optional.of(0)).counting(Map.of(), 0, Optional.of(why));
    }

    /** The same run in a phase with so many pieces. */
    public Run in(Phase next, Optional<Integer> itsPieces) {
        return new Run(id, startedAt, enforce, next, version, settings, reduced, itsPieces, counts, bytes, stopped);
    }

    /** The same run with what it counted. */
    public Run counting(Map<String, Long> counted, long freed, Optional<String> why) {
        return new Run(id, startedAt, enforce, phase, version, settings, reduced, pieces, counted, freed, why);
    }
}
