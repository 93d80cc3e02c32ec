package dev.larder.functions.table;

import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import java.time.Instant;
import java.util.Optional;

/** Records where tags point, without losing what their pulls say of the image that they pointed at before. */
public final class TagMoves {
    private final ImageRecords images;

    /** @param images the record */
    public TagMoves(ImageRecords images) {
        this.images = images;
    }

    /** The tag points at the digest now. What it pointed at before keeps the time of its last pull, which protects it. */
    public void to(Tagged image, Digest digest, Instant time) {
        Optional<TaggedImage> before = images.tagged(image);
        before.flatMap(TaggedImage::digest)
                .filter(old -> !old.equals(digest))
                .ifPresent(old -> before.flatMap(TaggedImage::lastPulledAt)
                        .ifPresent(last -> images.pulled(new Digested(image.repository(), old), last)));
        images.imported(image, digest, time);
    }
}
