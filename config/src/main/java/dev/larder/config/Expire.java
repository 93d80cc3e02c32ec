package dev.larder.config;

import java.util.List;

/**
 * A rule by which ECR itself expires images of a cached repository.
 *
 * @param images which
 * @param tags patterns with {@code *}, each of which one of the image's tags matches; empty unless tagged images are
 *     meant
 * @param count what is too many or too old
 */
public record Expire(Images images, List<String> tags, Count count) {
    /** Which images a rule selects, in the words of ECR's {@code tagStatus}. */
    public enum Images {
        UNTAGGED("untagged"),
        TAGGED("tagged"),
        ANY("any");

        private final String id;

        Images(String id) {
            this.id = id;
        }

        /** The word in the file and in ECR's policies. */
        public String id() {
            return id;
        }
    }

    /** What is too many or too old. */
    public sealed interface Count {
        /** All but the newest so many. */
        record MoreThan(int images) implements Count {}

        /** Those that came into the cache longer ago than so many days. */
        record OlderThan(int days) implements Count {}
    }

    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException when there are patterns without tagged images, or tagged images without patterns
     */
    public Expire {
        tags = List.copyOf(tags);
        if (tags.isEmpty() == (images == Images.TAGGED)) {
            throw new IllegalArgumentException(
                    "not a rule: " + images.id() + " images with the patterns " + tags + "; expected both or neither");
        }
    }
}
