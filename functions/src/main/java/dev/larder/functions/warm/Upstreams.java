package dev.larder.functions.warm;

import dev.larder.config.Upstream;
import dev.larder.domain.image.Glob;
import dev.larder.events.image.RepositoryName;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds the upstream of a repository. */
public final class Upstreams {
    private final List<Upstream> upstreams;

    /** @param upstreams as configured */
    public Upstreams(List<Upstream> upstreams) {
        this.upstreams = upstreams.stream()
                .sorted(Comparator.comparingInt(
                        (Upstream upstream) -> -upstream.prefix().length()))
                .toList();
    }

    /** All of them. */
    public List<Upstream> all() {
        return upstreams;
    }

    /** The upstream with the longest prefix that the repository falls under. */
    public Optional<Upstream> of(RepositoryName repository) {
        return upstreams.stream()
                .filter(upstream -> repository.value().startsWith(upstream.prefix() + "/"))
                .findFirst();
    }

    /** Whether the upstream's allow-list has the repository; an empty list has all. */
    public static boolean allows(Upstream upstream, RepositoryName repository) {
        String name = repository.value().substring(upstream.prefix().length() + 1);
        return upstream.allow().isEmpty() || upstream.allow().stream().anyMatch(glob -> new Glob(glob).matches(name));
    }
}
