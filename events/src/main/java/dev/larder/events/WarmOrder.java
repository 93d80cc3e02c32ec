package dev.larder.events;

import dev.larder.events.image.ImageReference;
import dev.larder.events.image.Platform;
import dev.larder.events.image.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A request to bring an image into the cache: the body of a message in the queue WarmOrders. An image by digest is warmed
 * by way of a tag, since ECR does not import what it has never seen when asked by digest.
 *
 * @param orderId unique for an order; a second delivery carries the same id
 * @param by a tag that is said to point at an image by digest, and is tried first; none for an image by tag
 * @param platforms those that must be there afterwards; none leaves it to what the upstream offers
 * @param refresh whether the upstream must be asked even if ECR's last check is younger than 24 hours
 * @param takeOff whether the tag may be off while ECR imports the image, where no other tag leads to it; a pull in that time
 *     may fail
 * @param notBefore when it is to be carried out; the order is done once the image was warmed since then
 */
public record WarmOrder(
        String orderId,
        ImageReference image,
        Optional<Tag> by,
        WarmReason reason,
        List<Platform> platforms,
        boolean refresh,
        boolean takeOff,
        Instant requestedAt,
        Instant notBefore)
        implements Event {
    /** The {@code source} of every warm order. */
    public static final String SOURCE = "larder.warm-order";

    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException when it is to be carried out before it is requested, or names two tags
     */
    public WarmOrder {
        platforms = List.copyOf(platforms);
        if (notBefore.isBefore(requestedAt)) {
            throw new IllegalArgumentException("a warm order of " + requestedAt + " that is to be carried out at "
                    + notBefore + "; expected no earlier than it was requested");
        }
        if (by.isPresent() && image instanceof ImageReference.Tagged) {
            throw new IllegalArgumentException("a warm order for " + image + " by way of the tag " + by.get()
                    + "; expected that only of an image by digest");
        }
    }

    /** An order that takes no tag off. */
    public WarmOrder(
            String orderId,
            ImageReference image,
            Optional<Tag> by,
            WarmReason reason,
            List<Platform> platforms,
            boolean refresh,
            Instant requestedAt,
            Instant notBefore) {
        this(orderId, image, by, reason, platforms, refresh, false, requestedAt, notBefore);
    }

    /** An order to be carried out at once, and by whatever tag points at an image by digest. */
    public static WarmOrder atOnce(
            String orderId,
            ImageReference image,
            WarmReason reason,
            List<Platform> platforms,
            boolean refresh,
            Instant requestedAt) {
        return new WarmOrder(orderId, image, Optional.empty(), reason, platforms, refresh, requestedAt, requestedAt);
    }

    /** The same order, to be carried out at another time. */
    public WarmOrder at(Instant time) {
        return new WarmOrder(orderId, image, by, reason, platforms, refresh, takeOff, requestedAt, time);
    }

    /** The same order, which may take the tag off. */
    public WarmOrder takingTagOff() {
        return new WarmOrder(orderId, image, by, reason, platforms, refresh, true, requestedAt, notBefore);
    }

    /** The message body, which {@link EventParser#parse} reads back. */
    public String toJson() {
        return OwnJson.write(this);
    }
}
