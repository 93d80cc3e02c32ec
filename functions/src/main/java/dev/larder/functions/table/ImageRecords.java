package dev.larder.functions.table;

import dev.larder.domain.upstream.Failure;
import dev.larder.domain.upstream.FailureKind;
import dev.larder.domain.usage.Tagging;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.Platform;
import dev.larder.events.image.RepositoryName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What Larder knows of the images in the cache. Times only move forward, so that events that come twice, late or in
 * another order end in the same record. Every write creates the item when it is not there.
 */
public interface ImageRecords {
    /** How far a check, as it is recorded, and ECR's news that it failed may be apart. */
    Duration TOLD_WITHIN = Duration.ofMinutes(2);

    /** An image by tag. */
    Optional<TaggedImage> tagged(Tagged image);

    /** An image by digest. */
    Optional<StoredManifest> manifest(RepositoryName repository, Digest digest);

    /** Everything in one repository, by one query. */
    RepositoryRecords repository(RepositoryName repository);

    /** The same with all that was written before the call, at twice the price in the table. */
    default RepositoryRecords current(RepositoryName repository) {
        return repository(repository);
    }

    /**
     * The most popular images by tag of an upstream, the most popular first.
     *
     * @param prefix the upstream's
     * @param top at most this many
     */
    List<TaggedImage> popular(String prefix, int top);

    /**
     * The tag points at the digest, as the upstream said at this time. {@code importedAt} moves only when the digest is
     * another one; news older than the last check is passed over.
     */
    void imported(Tagged image, Digest digest, Instant at);

    /**
     * ECR said that its check of the tag failed at this time. What is recorded for a check at about that time was none: the
     * tag was last checked before, and is not known to be what the upstream has. A check that is recorded later, and was at
     * about that time, is passed over. A tag that nobody knows stays unknown.
     *
     * @param why as in {@link Warmth#unverified}
     */
    void checkFailed(Tagged image, String why, Instant at);

    /** What came of warming an image. */
    Warmth warmth(ImageReference image);

    /**
     * Larder saw to it at this time that the image is whole in the cache. What failed before is forgotten.
     *
     * @param unverified why it is not known that the upstream has the same digest; absent when it said so
     */
    void warmed(ImageReference image, Optional<String> unverified, Instant at);

    /**
     * Warming failed at this time. A reason that lasts ({@link FailureKind#lasts}) is counted, once for each time and not
     * backwards; any other ends the row.
     */
    void warmFailed(ImageReference image, Failure failure, Instant at);

    /** What a manifest is: media type, children, platforms, size. Leaves the time of the last pull alone. */
    void describe(StoredManifest manifest);

    /**
     * What an index lists. It is kept when the index is gone, for pulls that are counted later.
     *
     * @param children the listed manifests; an attestation has no platform
     */
    void lists(Digested index, Map<Digest, Optional<Platform>> children);

    /** What the repository's tags pointed at, and when, and what its indexes list. */
    Tagging tagging(RepositoryName repository);

    /** A client fetched the image at this time. Counts nothing: it only protects the image. */
    void pulled(ImageReference image, Instant at);

    /**
     * The image is gone from the cache since this time. A tag's usage stays: last pull, counts, popularity. So does a digest
     * that was pulled later.
     */
    void forget(ImageReference image, Instant at);

    /**
     * The tag went with the image that was deleted at this time or later. Nothing is forgotten when the tag points at
     * another image by now, or was imported again since then.
     */
    void forget(Tagged image, Digest deleted, Instant at);
}
