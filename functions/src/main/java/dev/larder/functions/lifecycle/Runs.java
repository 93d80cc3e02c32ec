package dev.larder.functions.lifecycle;

import dev.larder.events.image.RepositoryName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What each sweep did. */
public interface Runs {
    /** So long after the start of a run its lines are there; runs stay, and tombstones. */
    Duration LINES_KEPT = Duration.ofDays(30);

    /**
     * Writes a run that begins.
     *
     * @return false when it has begun before: nothing is written then
     */
    boolean begin(Run run);

    /**
     * Writes the run again, further than it was.
     *
     * @param from the phase that it must be in now
     * @return false when it is in another: nothing is written then
     */
    boolean advance(Run run, Run.Phase from);

    /** One run; absent when it never began. */
    Optional<Run> get(String id, Instant startedAt);

    /** Adds lines to a run; a line for the same image replaces the one before. */
    void add(Run run, List<RunLine> lines);

    /** The run that started last. */
    Optional<Run> last();

    /** The runs, the last first, as they are consumed. */
    Stream<Run> all();

    /** A run's lines in the order of their images, as they are consumed. */
    Stream<RunLine> lines(String run);

    /** A run's lines of one repository. */
    Stream<RunLine> lines(String run, RepositoryName repository);
}
