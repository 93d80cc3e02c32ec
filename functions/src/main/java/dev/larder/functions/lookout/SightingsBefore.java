package dev.larder.functions.lookout;

import dev.larder.domain.warming.Sightings;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.planning.SightingStore;
import dev.larder.functions.warm.Upstreams;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What was seen before a run, read once for each upstream. */
final class SightingsBefore {
    private final Upstreams upstreams;
    private final SightingStore store;
    private final Map<String, Map<RepositoryName, Sightings>> byPrefix = new HashMap<>();

    SightingsBefore(Upstreams upstreams, SightingStore store) {
        this.upstreams = upstreams;
        this.store = store;
    }

    /** Of a repository under an upstream; empty when nobody looked at it. */
    Optional<Sightings> of(RepositoryName repository) {
        String prefix = upstreams.of(repository).orElseThrow().prefix();
        return Optional.ofNullable(byPrefix.computeIfAbsent(prefix, store::of).get(repository));
    }
}
