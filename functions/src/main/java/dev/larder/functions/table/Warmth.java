package dev.larder.functions.table;

import dev.larder.events.image.ImageReference;
import java.time.Instant;
import java.util.Optional;

/**
 * What came of warming an image, by tag or by digest.
 *
 * @param warmedAt when Larder last saw to it that the image is whole in the cache
 * @param unverified why it was not known then that the upstream has the same digest; absent when it said so
 * @param failures how often in a row warming failed for a reason that lasts; 0 when the last one does not
 * @param lastFailureAt when it last failed, for whatever reason
 * @param lastFailureCode with which code, as it came
 * @param lastFailureReason and why, as it came
 * @param checkFailedAt when ECR last said that it could not check the tag at its upstream
 */
public record Warmth(
        ImageReference image,
        Optional<Instant> warmedAt,
        Optional<String> unverified,
        int failures,
        Optional<Instant> lastFailureAt,
        Optional<String> lastFailureCode,
        Optional<String> lastFailureReason,
        Optional<Instant> checkFailedAt) {
    /** An image that nobody tried to warm. */
    public static Warmth none(ImageReference image) {
        return new Warmth(
                image,
                Optional.empty(),
                Optional.empty(),
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
