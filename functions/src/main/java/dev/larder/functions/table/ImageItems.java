package dev.larder.functions.table;

import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.Platform;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import java.util.stream.Collectors;

/** Reads the items {@code image by tag} and {@code image by digest}. */
final class ImageItems {
    private ImageItems() {}

    static TaggedImage tagged(Item item) {
        return new TaggedImage(
                new Tagged(repository(item), new Tag(item.key().sk().substring(Key.TAG.length()))),
                item.text(Attributes.DIGEST).map(Digest::new),
                item.instant(Attributes.IMPORTED_AT),
                item.instant(Attributes.CHECKED_AT),
                item.instant(Attributes.WARMED_AT),
                item.instant(Attributes.LAST_PULLED_AT),
                item.whole(Attributes.PULLS).orElse(0),
                item.whole(Attributes.COLD_PULLS).orElse(0),
                Math.toIntExact(item.whole(Attributes.WARM_FAILURES).orElse(0)),
                item.instant(Attributes.LAST_WARM_FAILURE_AT),
                item.text(Attributes.LAST_WARM_FAILURE_CODE),
                item.real(Attributes.POPULARITY));
    }

    static StoredManifest manifest(Item item) {
        return new StoredManifest(
                new Digested(repository(item), new Digest(item.key().sk().substring(Key.DIGEST.length()))),
                item.text(Attributes.MEDIA_TYPE),
                item.set(Attributes.CHILDREN).stream().map(Digest::new).collect(Collectors.toSet()),
                item.set(Attributes.PLATFORMS).stream().map(Platform::parse).collect(Collectors.toSet()),
                item.whole(Attributes.SIZE_BYTES),
                item.whole(Attributes.BLOBS),
                item.instant(Attributes.LAST_PULLED_AT),
                item.instant(Attributes.WARMED_AT));
    }

    static Warmth warmth(ImageReference image, Item item) {
        return new Warmth(
                image,
                item.instant(Attributes.WARMED_AT),
                item.text(Attributes.UNVERIFIED),
                Math.toIntExact(item.whole(Attributes.WARM_FAILURES).orElse(0)),
                item.instant(Attributes.LAST_WARM_FAILURE_AT),
                item.text(Attributes.LAST_WARM_FAILURE_CODE),
                item.text(Attributes.LAST_WARM_FAILURE_REASON),
                item.instant(Attributes.CHECK_FAILED_AT));
    }

    private static RepositoryName repository(Item item) {
        return new RepositoryName(item.key().pk().substring(Key.IMAGE.length()));
    }
}
