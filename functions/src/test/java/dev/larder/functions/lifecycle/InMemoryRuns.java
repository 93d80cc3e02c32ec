package dev.larder.functions.lifecycle;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** {@link Runs} in maps, held to the same contract test as the table's. */
public final class InMemoryRuns implements Runs {
    private final Map<String, Run> runs = new HashMap<>();
    private final Map<String, Map<String, RunLine>> lines = new HashMap<>();

    @Override
    public void put(Run run) {
        runs.put(run.id(), run);
    }

    @Override
    public void add(Run run, List<RunLine> added) {
        added.forEach(
                line -> lines.computeIfAbsent(run.id(), id -> new TreeMap<>()).put(line.image(), line));
    }

    @Override
    public Optional<Run> last() {
        return all().findFirst();
    }

    @Override
    public Stream<Run> all() {
        return runs.values().stream()
                .sorted(Comparator.comparing(Run::startedAt).reversed());
    }

    @Override
    public Stream<RunLine> lines(String run) {
        return lines.getOrDefault(run, Map.of()).values().stream();
    }
}
