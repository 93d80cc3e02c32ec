package dev.larder.functions.warm;

import dev.larder.events.image.Platform;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * How far a warm order is.
 *
 * @param from when it took the image's lease
 * @param until when its lease ends or ended
 * @param landed platforms of which everything is in the cache
 * @param ending what became of it; absent while it is at it, and when it died
 */
public record WarmProgress(
        String orderId, Instant from, Instant until, Set<Platform> landed, Optional<WarmEnding> ending) {
    /** Copies the set. */
    public WarmProgress {
        landed = Set.copyOf(landed);
    }
}
