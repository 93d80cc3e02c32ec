package dev.larder.events;

import java.time.Instant;
import java.util.List;

/**
 * What EventBridge writes around each event.
 *
 * @param id unique for an event; a second delivery carries the same id
 * @param source for instance {@code aws.ecr}
 * @param detailType for instance {@code ECR Image Action}
 * @param account 12 digits
 * @param region for instance {@code eu-central-1}
 * @param time when it happened, by the source's clock
 * @param resources ARNs, often none
 */
public record Envelope(
        String id,
        String source,
        String detailType,
        String account,
        String region,
        Instant time,
        List<String> resources) {
    /** Copies the list. */
    public Envelope {
        resources = List.copyOf(resources);
    }
}
