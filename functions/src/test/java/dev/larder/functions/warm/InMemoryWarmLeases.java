package dev.larder.functions.warm;

import dev.larder.domain.warming.Lease;
import dev.larder.events.image.ImageReference;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;

/** {@link WarmLeases} in a map, held to the same contract test as the table's. */
public final class InMemoryWarmLeases implements WarmLeases {
    private record Held(Instant from, Lease lease) {}

    private final Map<ImageReference, Held> leases = new HashMap<>();

    @Override
    public boolean acquire(ImageReference image, String orderId, Instant now) {
        Held held = leases.get(image);
        if (held != null && !held.lease().isOver(now)) {
            return false;
        }
        leases.put(image, new Held(now, Lease.from(orderId, now)));
        return true;
    }

    @Override
    public void release(ImageReference image, String orderId, Instant now) {
        leases.computeIfPresent(
                image,
                (key, held) -> held.lease().orderId().equals(orderId)
                                && held.lease().until().isAfter(now)
                        ? new Held(held.from(), new Lease(orderId, now))
                        : held);
    }

    @Override
    public boolean heldAt(ImageReference image, Instant time) {
        Held held = leases.get(image);
        return held != null
                && !time.isBefore(held.from().truncatedTo(ChronoUnit.SECONDS))
                && !time.isAfter(held.lease().until().plusSeconds(60));
    }
}
