package dev.larder.domain.usage;

import dev.larder.events.image.ImageReference;
import java.time.Instant;

/**
 * A client fetched an image.
 *
 * @param image as the client named it
 * @param principal the role's or user's ARN
 * @param event the call's
 * @param time the call's
 */
public record Pull(ImageReference image, String principal, EventHash event, Instant time) {
    /** Where it is kept. */
    public UsageBucket bucket() {
        return UsageBucket.of(time);
    }
}
