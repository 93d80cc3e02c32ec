package dev.larder.domain.usage;

import dev.larder.domain.image.Glob;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;

/** Which team a pull belongs to, by the principal that made it and, where CloudTrail tells, the workload behind it. */
public final class Teams {
    private final Map<String, List<Glob>> globs = new LinkedHashMap<>();

    /**
     * @param patterns team to its {@link Glob}s over principals and workloads, in the order in which teams are asked, so
     *     that it should be a map with an order
     */
    public Teams(Map<String, List<String>> patterns) {
        patterns.forEach(
                (team, texts) -> globs.put(team, texts.stream().map(Glob::new).toList()));
    }

    /**
     * The first team with a pattern for the principal or for its workload.
     *
     * @param principal as pulls are counted by: an ARN, an account's 12 digits or a service's name
     * @param workload for instance {@code pod/prod/checkout}
     */
    public Optional<String> of(String principal, Optional<String> workload) {
        return globs.entrySet().stream()
                .filter(team -> team.getValue().stream()
                        .anyMatch(glob -> glob.matches(principal)
                                || workload.filter(glob::matches).isPresent()))
                .map(Entry::getKey)
                .findFirst();
    }
}
