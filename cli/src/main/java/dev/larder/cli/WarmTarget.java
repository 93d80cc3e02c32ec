package dev.larder.cli;

import dev.larder.events.WarmOrder;
import dev.larder.events.WarmReason;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.Platform;
import dev.larder.events.image.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An image that a person wants warm.
 *
 * @param image by tag or by digest
 * @param by the tag that is said to point at the digest
 */
record WarmTarget(ImageReference image, Optional<Tag> by) {
    /**
     * Reads {@code repository:tag}, {@code repository@digest} or {@code repository:tag@digest}.
     *
     * @throws IllegalArgumentException when it is none of them, with what was found
     */
    static WarmTarget parse(String text) {
        int at = text.indexOf('@');
        if (at < 0 || text.substring(0, at).indexOf(':') < 0) {
            return new WarmTarget(ImageReference.parse(text), Optional.empty());
        }
        return switch (ImageReference.parse(text.substring(0, at))) {
            case Tagged tagged ->
                new WarmTarget(
                        new Digested(tagged.repository(), new Digest(text.substring(at + 1))),
                        Optional.of(tagged.tag()));
            case Digested digested -> throw new IllegalArgumentException("two digests in '" + text + "'");
        };
    }

    WarmOrder order(String id, List<Platform> platforms, boolean refresh, Instant now) {
        return new WarmOrder(id, image, by, WarmReason.MANUAL, platforms, refresh, now, now);
    }
}
