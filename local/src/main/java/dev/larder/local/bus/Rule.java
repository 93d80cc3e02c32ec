package dev.larder.local.bus;

import java.util.List;
import java.util.Optional;

/**
 * A rule of an event bus.
 *
 * @param pattern the event pattern as JSON
 */
public record Rule(
        String bus,
        String name,
        String arn,
        String pattern,
        RuleState state,
        String description,
        List<Target> targets) {
    /** Copies the targets. */
    public Rule {
        targets = List.copyOf(targets);
    }

    /**
     * Where events that match go.
     *
     * @param input sent in place of the event
     * @param inputPath the part of the event that is sent, such as {@code $.detail}
     * @param role the ARN of the role that it is sent with
     */
    public record Target(
            String id, String arn, Optional<String> input, Optional<String> inputPath, Optional<String> role) {}
}
