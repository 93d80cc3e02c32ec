package dev.larder.domain.image;

import dev.larder.events.image.Digest;
import dev.larder.events.image.Tag;
import java.util.Collection;
import java.util.List;

/**
 * The tags by which Larder keeps an image while its own tag is off, and afterwards when that points elsewhere. No upstream
 * has them, nobody pulls by them, and they speak for nothing: an image that has no other tag is superseded.
 */
public final class KeepTag {
    /** How each of them starts; the rest is the beginning of the image's digest. */
    public static final String PREFIX = "larder-keep-";

    private static final int HEX = 12;

    private KeepTag() {}

    /** The one of an image. */
    public static Tag of(Digest digest) {
        return new Tag(PREFIX + digest.hex().substring(0, HEX));
    }

    /** Whether a tag is one of them. */
    public static boolean is(Tag tag) {
        return tag.value().startsWith(PREFIX);
    }

    /** The tags that an upstream may have, in the order given. */
    public static List<Tag> without(Collection<Tag> tags) {
        return tags.stream().filter(tag -> !is(tag)).toList();
    }
}
