package dev.larder.domain.warming;

import dev.larder.events.image.ImageReference.Tagged;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What is known of an image when it is considered.
 *
 * @param cached whether the tag is in the cache
 * @param checkedAt when the tag was last compared with the upstream
 * @param lastPulledAt when it was last pulled
 * @param pulls how often it was pulled lately: within the time that {@link Candidates} is told
 * @param popularity log2 of the decayed number of pulls
 * @param backoff set when the last tries to warm it failed for a reason of its own
 * @param cost what a pull of it costs at the upstream: 1 for each of its platforms
 */
public record Known(
        Tagged image,
        boolean cached,
        Optional<Instant> checkedAt,
        Optional<Instant> lastPulledAt,
        long pulls,
        OptionalDouble popularity,
        Optional<Backoff> backoff,
        int cost) {
    /** What is assumed of an image whose platforms nobody has seen: official images have up to so many. */
    public static final int UNKNOWN_COST = 8;

    /** @throws IllegalArgumentException when a pull would cost nothing */
    public Known {
        if (cost < 1) {
            throw new IllegalArgumentException("a pull of " + image + " costs at least 1, not " + cost);
        }
    }
}
