package dev.larder.functions.lifecycle;

import dev.larder.events.image.RepositoryName;
import java.time.Instant;
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
    public boolean begin(Run run) {
        return runs.putIfAbsent(run.id(), run) == null;
    }

    @Override
    public boolean advance(Run run, Run.Phase from) {
        Run before = runs.get(run.id());
        boolean there = before != null && before.phase() == from;
        if (there) {
            runs.put(run.id(), run);
        }
        return there;
    }

    @Override
    public Optional<Run> get(String id, Instant startedAt) {
        return Optional.ofNullable(runs.get(id)).filter(run -> run.startedAt().equals(startedAt));
    }

    @Override
    public void add(Run run, List<RunLine> added) {
        // as DynamoDB does of those that come in one call
        if (added.stream().map(RunLine::image).distinct().count() < added.size()) {
            throw new IllegalArgumentException("one image twice: " + added);
        }
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

    @Override
    public Stream<RunLine> lines(String run, RepositoryName repository) {
        return lines(run).filter(line -> line.repository().equals(repository));
    }
}
