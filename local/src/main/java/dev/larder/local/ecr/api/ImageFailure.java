package dev.larder.local.ecr.api;

import dev.larder.events.image.Digest;
import java.util.Optional;

/** One of ECR's {@code ImageFailureCode}s and what it says. */
record ImageFailure(String code, String reason) {
    static final ImageFailure NOT_FOUND = new ImageFailure("ImageNotFound", "Requested image not found");

    /** What is wrong with an identifier before anything is looked up. */
    static Optional<ImageFailure> malformed(ImageId id) {
        if (id.digest().isEmpty() && id.tag().isEmpty()) {
            return Optional.of(new ImageFailure(
                    "MissingDigestAndTag", "Invalid request parameters: both tag and digest cannot be null"));
        }
        if (id.digest().isPresent() && !Digest.isDigest(id.digest().get())) {
            return Optional.of(new ImageFailure(
                    "InvalidImageDigest",
                    "Invalid request parameters: image digest should satisfy the regex"
                            + " '[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+'"));
        }
        return Optional.empty();
    }
}
