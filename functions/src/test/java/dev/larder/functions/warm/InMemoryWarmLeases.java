package dev.larder.functions.warm;

import dev.larder.domain.warming.Lease;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.Platform;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** {@link WarmLeases} in a map, held to the same contract test as the table's. */
public final class InMemoryWarmLeases implements WarmLeases {
    private final Map<ImageReference, WarmProgress> leases = new HashMap<>();

    @Override
    public boolean acquire(ImageReference image, String orderId, Instant now) {
        WarmProgress held = leases.get(image);
        if (held != null && held.until().isAfter(now)) {
            return false;
        }
        leases.put(
                image, new WarmProgress(orderId, now, Lease.from(orderId, now).until(), Set.of(), Optional.empty()));
        return true;
    }

    @Override
    public void landed(ImageReference image, String orderId, Set<Platform> platforms) {
        change(image, orderId, held -> new WarmProgress(orderId, held.from(), held.until(), platforms, held.ending()));
    }

    @Override
    public void release(ImageReference image, String orderId, Instant now) {
        end(image, orderId, Optional.empty(), now);
    }

    @Override
    public void release(ImageReference image, String orderId, WarmEnding ending, Instant now) {
        end(image, orderId, Optional.of(ending), now);
    }

    private void end(ImageReference image, String orderId, Optional<WarmEnding> ending, Instant now) {
        change(
                image,
                orderId,
                held -> held.until().isAfter(now)
                        ? new WarmProgress(orderId, held.from(), now, held.landed(), ending)
                        : held);
    }

    private void change(ImageReference image, String orderId, UnaryOperator<WarmProgress> change) {
        leases.computeIfPresent(image, (key, held) -> held.orderId().equals(orderId) ? change.apply(held) : held);
    }

    @Override
    public Optional<WarmProgress> progress(ImageReference image) {
        return Optional.ofNullable(leases.get(image));
    }

    @Override
    public boolean heldAt(ImageReference image, Instant time) {
        return progress(image)
                .filter(held -> !time.isBefore(held.from().truncatedTo(ChronoUnit.SECONDS))
                        && !time.isAfter(held.until().plusSeconds(60)))
                .isPresent();
    }
}
