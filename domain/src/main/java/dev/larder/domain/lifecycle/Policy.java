package dev.larder.domain.lifecycle;

import dev.larder.domain.image.Glob;
import dev.larder.events.image.RepositoryName;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What may go, and what never does.
 *
 * @param prefixes of the upstreams; only repositories under one of them are touched
 * @param pins {@code repository:tag} or {@code repository@sha256:...}
 * @param notPulledFor at least so long without pull, push or warming
 * @param keepNewest so many of the newest of each family stay
 * @param protect over {@code repository:tag}
 */
public record Policy(
        List<String> prefixes, Set<String> pins, Duration notPulledFor, int keepNewest, List<Glob> protect) {
    /**
     * Copies the collections.
     *
     * @throws IllegalArgumentException when images could go the moment they come: the time must be at least a day, so
     *     that nothing is deleted between a client's manifest and its layers
     */
    public Policy {
        if (notPulledFor.compareTo(Duration.ofDays(1)) < 0 || keepNewest < 0) {
            throw new IllegalArgumentException("cannot evict what was not pulled for " + notPulledFor
                    + " keeping the newest " + keepNewest + "; expected at least 1 day and 0");
        }
        prefixes = List.copyOf(prefixes);
        pins = Set.copyOf(pins);
        protect = List.copyOf(protect);
    }

    /** Whether the repository is a cached one. */
    public boolean covers(RepositoryName repository) {
        return prefixes.stream().anyMatch(prefix -> repository.value().startsWith(prefix + "/"));
    }
}
