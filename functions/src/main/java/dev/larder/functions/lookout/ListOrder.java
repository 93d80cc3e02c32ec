package dev.larder.functions.lookout;

import dev.larder.events.image.RepositoryName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * In which order lists of tags are read. One that hangs ends the looks at its upstream for that run, so those that were not
 * read the last time come after the others, and another one of them is the first in each run.
 */
final class ListOrder {
    /** Runs are so far apart. */
    private static final Duration RUN = Duration.ofMinutes(15);

    private ListOrder() {}

    /** @param due the longest due first */
    static List<RepositoryName> of(Collection<RepositoryName> due, Predicate<RepositoryName> refused, Instant now) {
        Map<Boolean, List<RepositoryName>> parts = due.stream().collect(Collectors.partitioningBy(refused));
        List<RepositoryName> last = new ArrayList<>(parts.getOrDefault(true, List.of()));
        Collections.rotate(last, (int) (now.getEpochSecond() / RUN.toSeconds() % Math.max(1, last.size())));
        List<RepositoryName> order = new ArrayList<>(parts.getOrDefault(false, List.of()));
        order.addAll(last);
        return order;
    }
}
