package dev.larder.domain.usage;

import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Tagged;
import java.time.Instant;
import java.util.Optional;

/**
 * What an event tells, as it goes into the usage log: nothing is decided yet. The same event always gives the same facts,
 * so that a log which has one of them twice is worth the same as a log that has it once.
 */
public sealed interface Fact {
    /** What it is about, as the event names it. */
    ImageReference image();

    /** The hash of the event's id. With the image, it tells facts apart. */
    EventHash event();

    /** When it happened, by the event. */
    Instant time();

    /**
     * A manifest was asked for: CloudTrail's {@code BatchGetImage}.
     *
     * @param registryClient whether it came through the registry's protocol (docker, containerd), not the SDK
     * @param error CloudTrail's error code of a call that failed
     */
    record Fetch(
            ImageReference image,
            Caller caller,
            EventHash event,
            Instant time,
            boolean registryClient,
            Optional<String> error)
            implements Fact {}

    /**
     * ECR went upstream for a client: {@code ECR Pull Through Cache Action}.
     *
     * @param failure the failure code when the image did not come
     */
    record Sync(Tagged image, EventHash event, Instant time, Optional<String> failure) implements Fact {}
}
