package dev.larder.functions.warm;

import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference.Tagged;
import java.time.Instant;
import java.util.Optional;

/** Which tag an order has taken off, for the next try of the order when this one cannot put it back. */
public interface TagsOff {
    /**
     * A tag that is off, or may be.
     *
     * @param from what it pointed at
     */
    record Off(Tagged image, Digest from) {}

    /** The order is about to take the tag off; it has one off at a time. */
    void note(String orderId, Off off, Instant now);

    /** What the order has taken off, and is not known to have put back. */
    Optional<Off> of(String orderId);

    /** The tag is on an image again. */
    void forget(String orderId);
}
