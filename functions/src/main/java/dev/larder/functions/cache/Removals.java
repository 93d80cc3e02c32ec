package dev.larder.functions.cache;

import dev.larder.events.EcrImageAction;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.table.ImageRecords;
import dev.larder.functions.table.RepositoryRecords;
import dev.larder.functions.table.StoredManifest;
import dev.larder.functions.table.TaggedImage;
import dev.larder.functions.warm.WarmLeases;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Takes in that images were deleted. A deletion may be told after the image has come back, so only what is older than the
 * deletion is forgotten. With a tag, the manifest is known to be gone only when the record has no other tag of it: ECR deletes an
 * image with its last tag, unless an index lists it. A tag that goes while its image
 * is being warmed was taken off by a refresh, which puts it back, and which needs the record for that when it is cut off.
 */
final class Removals {
    private final ImageRecords images;
    private final WarmLeases leases;

    Removals(ImageRecords images, WarmLeases leases) {
        this.images = images;
        this.leases = leases;
    }

    void deleted(EcrImageAction event) {
        Instant time = event.envelope().time();
        if (event.tag().isEmpty()) {
            event.digest().ifPresent(digest -> gone(event.repository(), digest, time));
            return;
        }
        Tagged image = new Tagged(event.repository(), event.tag().get());
        if (leases.heldAt(image, time)) {
            return;
        }
        Optional<TaggedImage> known = images.tagged(image);
        if (known.isPresent()) {
            if (!isOlder(known.get(), event, time)) {
                return;
            }
            images.forget(image, time);
        }
        event.digest()
                .filter(digest -> isDescribed(event.repository(), digest))
                .filter(digest -> !isHeld(event.repository(), digest))
                .ifPresent(digest -> gone(event.repository(), digest, time));
    }

    private static boolean isOlder(TaggedImage known, EcrImageAction event, Instant time) {
        boolean same = known.digest().isEmpty()
                || event.digest().isEmpty()
                || known.digest().equals(event.digest());
        return same
                && known.checkedAt().filter(checked -> checked.isAfter(time)).isEmpty();
    }

    private boolean isDescribed(RepositoryName repository, Digest digest) {
        return images.manifest(repository, digest)
                .flatMap(StoredManifest::mediaType)
                .isPresent();
    }

    /** Whether a tag has the image, or an index lists it, as far as the record has them at this moment. */
    private boolean isHeld(RepositoryName repository, Digest digest) {
        RepositoryRecords records = images.current(repository);
        return records.tags().values().stream()
                        .anyMatch(tag -> tag.digest().filter(digest::equals).isPresent())
                || records.manifests().values().stream()
                        .anyMatch(manifest -> manifest.children().contains(digest));
    }

    private void gone(RepositoryName repository, Digest digest, Instant time) {
        boolean later = images.manifest(repository, digest).stream()
                .flatMap(known -> Stream.of(known.lastPulledAt(), known.warmedAt()))
                .flatMap(Optional::stream)
                .anyMatch(at -> at.isAfter(time));
        if (!later) {
            images.forget(new Digested(repository, digest), time);
        }
    }
}
