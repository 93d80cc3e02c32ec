package dev.larder.local.ecr.lifecycle;

import dev.larder.local.ecr.state.Wildcard;
import java.util.List;

/**
 * One rule of a policy.
 *
 * @param priority lower numbers go first
 * @param patterns all of which an image's tags must match, each by some tag; prefixes end in {@code *}
 * @param archive whether it selects archived images rather than standard ones
 * @param count images to keep, or days
 */
public record LifecycleRule(
        int priority,
        TagStatus tagStatus,
        List<String> patterns,
        boolean archive,
        CountType type,
        int count,
        Kind kind) {
    /** Copies the patterns. */
    public LifecycleRule {
        patterns = List.copyOf(patterns);
    }

    /** Which images a rule is about. */
    public enum TagStatus {
        /** Those with a tag that the rule names. */
        TAGGED,
        /** Those without a tag. */
        UNTAGGED,
        /** All that no other rule is about. */
        ANY
    }

    /** What a rule counts. */
    public enum CountType {
        /** Images, newest first. */
        IMAGE_COUNT_MORE_THAN,
        /** Days since the push, or since the last restore. */
        SINCE_IMAGE_PUSHED,
        /** Days since the last pull, or else since the push. */
        SINCE_IMAGE_PULLED,
        /** Days in the archive. */
        SINCE_IMAGE_TRANSITIONED
    }

    /** What a rule does. */
    public enum Kind {
        /** Deletes. */
        EXPIRE,
        /** Moves to the archive. */
        TRANSITION
    }

    /** Whether the rule's tag requirement and storage class are met. */
    boolean selects(LifecycleImage image) {
        if (image.archived() != archive) {
            return false;
        }
        return switch (tagStatus) {
            case ANY -> true;
            case UNTAGGED -> image.tags().isEmpty();
            case TAGGED ->
                !image.tags().isEmpty()
                        && patterns.stream()
                                .allMatch(pattern ->
                                        image.tags().stream().anyMatch(tag -> Wildcard.matches(pattern, tag)));
        };
    }
}
