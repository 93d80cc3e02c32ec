package dev.larder.events;

import dev.larder.events.image.ImageReference;
import dev.larder.events.image.Platform;
import java.time.Instant;
import java.util.List;

/**
 * A request to bring an image into the cache: the body of a message in the queue WarmOrders. Always by tag: ECR does not
 * import an image that it has never seen when asked by digest.
 *
 * @param orderId unique for an order; a second delivery carries the same id
 * @param platforms those that must be there afterwards; none leaves it to what the upstream offers
 * @param refresh whether the upstream must be asked even if ECR's last check is younger than 24 hours
 */
public record WarmOrder(
        String orderId,
        ImageReference.Tagged image,
        WarmReason reason,
        List<Platform> platforms,
        boolean refresh,
        Instant requestedAt)
        implements Event {
    /** The {@code source} of every warm order. */
    public static final String SOURCE = "larder.warm-order";

    /** Copies the list. */
    public WarmOrder {
        platforms = List.copyOf(platforms);
    }

    /** The message body, which {@link EventParser#parse} reads back. */
    public String toJson() {
        return OwnJson.write(this);
    }
}
