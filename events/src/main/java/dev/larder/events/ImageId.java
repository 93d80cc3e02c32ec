package dev.larder.events;

import dev.larder.events.image.Digest;
import dev.larder.events.image.Tag;
import java.util.Optional;

/** ECR's {@code ImageIdentifier}: a tag, a digest, or both, which then have to be the same image. */
public record ImageId(Optional<Tag> tag, Optional<Digest> digest) {
    /** @throws IllegalArgumentException when there is neither */
    public ImageId {
        if (tag.isEmpty() && digest.isEmpty()) {
            throw new IllegalArgumentException("an imageId has neither tag nor digest; expected at least one");
        }
    }

    /** An image by its tag. */
    public static ImageId of(Tag tag) {
        return new ImageId(Optional.of(tag), Optional.empty());
    }

    /** An image by its digest. */
    public static ImageId of(Digest digest) {
        return new ImageId(Optional.empty(), Optional.of(digest));
    }
}
