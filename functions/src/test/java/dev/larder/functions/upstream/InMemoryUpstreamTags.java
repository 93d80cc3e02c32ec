package dev.larder.functions.upstream;

import dev.larder.domain.upstream.KnownTags;
import dev.larder.events.image.RepositoryName;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** {@link UpstreamTags} in a map, held to the same contract test as the table's. */
public final class InMemoryUpstreamTags implements UpstreamTags {
    private final Map<RepositoryName, KnownTags> kept = new ConcurrentHashMap<>();

    @Override
    public KnownTags of(RepositoryName repository) {
        return kept.getOrDefault(repository, KnownTags.none(repository));
    }

    @Override
    public void keep(KnownTags tags) {
        kept.put(tags.repository(), tags);
    }
}
