package dev.larder.functions.lookout;

import dev.larder.events.image.RepositoryName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * In which order repositories are looked at, and their lists of tags read. Upstreams take turns, and another one begins in each
 * run, so that a slow one does not take the time of all. A list that hangs ends the looks at its upstream for that run, so those that were not
 * read the last time come after the others, and another one of them is the first in each run.
 */
final class ListOrder {
    /** Runs are so far apart. */
    private static final Duration RUN = Duration.ofMinutes(15);

    private ListOrder() {}

    /** @param due the longest due first */
    static List<RepositoryName> of(Collection<RepositoryName> due, Predicate<RepositoryName> refused, Instant now) {
        Map<Boolean, List<RepositoryName>> parts = due.stream().collect(Collectors.partitioningBy(refused));
        List<RepositoryName> order = new ArrayList<>(parts.getOrDefault(false, List.of()));
        order.addAll(turned(parts.getOrDefault(true, List.of()), now));
        return order;
    }

    /** By name, with another one first in each run: a slow upstream's time may not suffice for all of them. */
    static List<RepositoryName> rotated(Collection<RepositoryName> repositories, Instant now) {
        return turned(
                repositories.stream()
                        .sorted(Comparator.comparing(RepositoryName::value))
                        .toList(),
                now);
    }

    private static <T> List<T> turned(List<T> all, Instant now) {
        List<T> turned = new ArrayList<>(all);
        Collections.rotate(turned, (int) (now.getEpochSecond() / RUN.toSeconds() % Math.max(1, turned.size())));
        return turned;
    }

    /**
     * One of each upstream after the other.
     *
     * @param repositories of each upstream in its order
     * @param upstream of a repository, by prefix
     */
    static List<RepositoryName> inTurns(
            Collection<RepositoryName> repositories, Function<RepositoryName, String> upstream, Instant now) {
        Map<String, Deque<RepositoryName>> queues = new TreeMap<>();
        repositories.forEach(
                repository -> queues.computeIfAbsent(upstream.apply(repository), prefix -> new ArrayDeque<>())
                        .add(repository));
        List<Deque<RepositoryName>> turns = turned(List.copyOf(queues.values()), now);
        List<RepositoryName> order = new ArrayList<>();
        while (order.size() < repositories.size()) {
            turns.stream().filter(queue -> !queue.isEmpty()).map(Deque::remove).forEach(order::add);
        }
        return order;
    }
}
