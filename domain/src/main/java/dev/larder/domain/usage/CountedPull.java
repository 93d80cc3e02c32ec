package dev.larder.domain.usage;

import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.Platform;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One pull.
 *
 * @param image as the client named it
 * @param tags of a pull by digest, the tags that pointed there; none for a pull by tag
 * @param content what the client got, an index or a manifest, where it is known
 * @param platforms that the client then fetched; none for an image without an index, or when it had them already
 * @param bytes compressed, of the fetched platforms; an upper bound, as clients keep layers
 */
public record CountedPull(
        ImageReference image,
        List<Tagged> tags,
        Caller caller,
        Instant time,
        Optional<Digest> content,
        Set<Platform> platforms,
        Outcome outcome,
        long bytes) {
    /** Copies the collections. */
    public CountedPull {
        tags = List.copyOf(tags);
        platforms = Set.copyOf(platforms);
    }

    /** Whether the client got it. */
    public boolean served() {
        return !(outcome instanceof Outcome.Failed);
    }
}
