package dev.larder.domain.warming;

import dev.larder.domain.image.VersionTag;
import dev.larder.domain.upstream.Tariff;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference.Tagged;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of an image by tag when it is considered.
 *
 * @param version of its tag, when it has one
 * @param digest what the tag points at in the cache; absent when it is not cached
 * @param checkedAt when the tag was last compared with the upstream
 * @param upstream what it points at there, when that was seen after the last check
 * @param demand absent when nobody pulled it lately
 * @param size of an import
 * @param tariff of its upstream
 * @param backoff set when the last tries to warm it failed for a reason that lasts
 */
public record Known(
        Tagged image,
        Optional<VersionTag> version,
        Optional<Digest> digest,
        Optional<Instant> checkedAt,
        Optional<Digest> upstream,
        Optional<Demand> demand,
        Moves moves,
        ImportSize size,
        Tariff tariff,
        Optional<Backoff> backoff) {
    /** An image that nobody has heard of. */
    public static Known unknown(Tagged image, Tariff tariff) {
        return new Known(
                image,
                VersionTag.of(image.tag()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Moves.UNWATCHED,
                ImportSize.UNKNOWN,
                tariff,
                Optional.empty());
    }

    /** Whether the tag is in the cache. */
    public boolean cached() {
        return digest.isPresent();
    }

    /** Whether it is to be left alone. */
    public boolean rests(Instant now) {
        return backoff.filter(pause -> pause.holds(now)).isPresent();
    }

    /** Whether the upstream is known to have something else by now. */
    public boolean moved() {
        return digest.isPresent() && upstream.isPresent() && !upstream.equals(digest);
    }
}
