package dev.larder.functions.warm;

import dev.larder.events.image.ImageReference;
import java.time.Instant;

/** Who is warming which image, so that no two do at once, and so that a pull of ours is not taken for a user's. */
public interface WarmLeases {
    /**
     * Takes the lease of an image for an order, for {@link dev.larder.domain.warming.Lease#TERM}. Nobody gets
     * it twice, the same order neither: the queue may deliver an order to two workers at once.
     *
     * @return false when someone has it
     */
    boolean acquire(ImageReference image, String orderId, Instant now);

    /** Ends the order's lease; does nothing when another order has it. */
    void release(ImageReference image, String orderId, Instant now);

    /**
     * Whether the image was being warmed at some time, as far as the last lease tells. Event times are cut to seconds,
     * and ECR's news may follow the import by moments: both are allowed for.
     */
    boolean heldAt(ImageReference image, Instant time);
}
