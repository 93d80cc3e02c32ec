package dev.larder.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** A configuration that cannot be used. Its message has one line for each problem, in the file's order. */
public final class InvalidConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final Comparator<Problem> FILE_ORDER =
            Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column);

    private final ArrayList<Problem> problems;

    /**
     * Says what is wrong with a file.
     *
     * @param fileName as the reader of the message knows it
     * @param problems at least one
     */
    public InvalidConfigException(String fileName, List<Problem> problems) {
        super(problems.stream()
                .sorted(FILE_ORDER)
                .map(problem -> problem.describe(fileName))
                .collect(Collectors.joining("\n")));
        this.problems = problems.stream().sorted(FILE_ORDER).collect(Collectors.toCollection(ArrayList::new));
    }

    /** All problems, in the file's order. */
    public List<Problem> problems() {
        return List.copyOf(problems);
    }
}
