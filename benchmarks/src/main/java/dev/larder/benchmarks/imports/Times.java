package dev.larder.benchmarks.imports;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How long the same work took, round for round. */
public final class Times {
    private final String name;
    private final List<Duration> rounds = new ArrayList<>();

    /** @param name what was done, and by whom */
    public Times(String name) {
        this.name = name;
    }

    /** What was done, and by whom. */
    public String name() {
        return name;
    }

    /** One more round. */
    public void add(Duration took) {
        rounds.add(took);
    }

    /** Forgets the rounds so far: they only warmed everybody up. */
    public void forget() {
        rounds.clear();
    }

    /** The median of the rounds, in seconds; of an even number the upper of the two in the middle. */
    public double median() {
        return sorted().get(rounds.size() / 2).toMillis() / 1000.0;
    }

    /** The median, the fastest and the slowest round. */
    public String text() {
        return String.format(
                Locale.ROOT,
                "%8.2f s %8.2f s %8.2f s",
                median(),
                sorted().getFirst().toMillis() / 1000.0,
                sorted().getLast().toMillis() / 1000.0);
    }

    private List<Duration> sorted() {
        return rounds.stream().sorted().toList();
    }
}
