package dev.larder.functions.lifecycle;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What each sweep did. */
public interface Runs {
    /** Writes the run, or writes it again with what it counted by now. */
    void put(Run run);

    /** Adds lines to a run; a line for the same image replaces the one before. */
    void add(Run run, List<RunLine> lines);

    /** The run that started last. */
    Optional<Run> last();

    /** The runs, the last first, as they are consumed. */
    Stream<Run> all();

    /** A run's lines in the order of their images, as they are consumed. */
    Stream<RunLine> lines(String run);
}
