package dev.larder.functions.warm;

import dev.larder.events.image.Digest;
import java.util.Optional;

/**
 * What an order brought into the cache.
 *
 * @param moved what its tag points at, when the upstream gave that just now; absent when it was served from the cache
 * @param unverified why it is not known that the upstream has this digest now; absent when it said so
 */
record Brought(Landed landed, Optional<Digest> moved, Optional<String> unverified) {}
