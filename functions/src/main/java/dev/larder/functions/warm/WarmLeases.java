package dev.larder.functions.warm;

import dev.larder.events.image.ImageReference;
import dev.larder.events.image.Platform;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Who is warming which image, so that no two do at once, and so that a pull of ours is not taken for a user's; and how far
 * they are, for those who wait.
 */
public interface WarmLeases {
    /**
     * Takes the lease of an image for an order, for {@link dev.larder.domain.warming.Lease#TERM}. Nobody gets
     * it twice, the same order neither: the queue may deliver an order to two workers at once.
     *
     * @return false when someone has it
     */
    boolean acquire(ImageReference image, String orderId, Instant now);

    /** Everything of these platforms is in the cache; does nothing when another order has the lease. */
    void landed(ImageReference image, String orderId, Set<Platform> platforms);

    /** Ends the order's lease; does nothing when another order has it. */
    void release(ImageReference image, String orderId, Instant now);

    /** Ends the order's lease, and says what became of the order; does nothing when another order has it. */
    void release(ImageReference image, String orderId, WarmEnding ending, Instant now);

    /** The last order that had the lease, and how far it is; forgotten some hours after its end. */
    Optional<WarmProgress> progress(ImageReference image);

    /**
     * Whether the image was being warmed at some time, as far as the last lease tells. Event times are cut to seconds,
     * and ECR's news may follow the import by moments: both are allowed for.
     */
    boolean heldAt(ImageReference image, Instant time);
}
