package dev.larder.functions.usage;

import dev.larder.events.image.ImageReference;
import dev.larder.events.image.RepositoryName;
import java.time.Instant;
import java.util.Map;

/** When images were last fetched, as far as the usage log knows it and the images' own records do not yet. */
@FunctionalInterface
public interface LatestFetches {
    /** The last fetch of each tag and digest of a repository, with all that was logged before the call. */
    Map<ImageReference, Instant> of(RepositoryName repository);
}
