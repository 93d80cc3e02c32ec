package dev.larder.functions.planning;

import dev.larder.domain.warming.Sightings;
import dev.larder.events.image.RepositoryName;
import java.util.Map;

/** Holds what was seen lately of the tags that upstreams have. */
public interface SightingStore {
    /** All repositories of an upstream. */
    Map<RepositoryName, Sightings> of(String prefix);

    /** Keeps what was seen of a repository, in place of what was kept before. */
    void keep(String prefix, Sightings sightings);
}
