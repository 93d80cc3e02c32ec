package dev.larder.functions.cache;

import dev.larder.events.EcrImageAction;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.table.ImageRecords;
import dev.larder.functions.table.StoredManifest;
import dev.larder.functions.table.TaggedImage;
import dev.larder.functions.warm.WarmLeases;
import java.time.Instant;

/**
 * Takes in that images were deleted. A deletion may be told after the image has come back, so only what is older than the
 * deletion is forgotten. With a tag, only the tag is known to be gone: the manifest may have others. A tag that goes while its image
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
        if (event.tag().isPresent()) {
            Tagged image = new Tagged(event.repository(), event.tag().get());
            if (leases.heldAt(image, time)) {
                return;
            }
            images.tagged(image)
                    .filter(known -> isOlder(known, event, time))
                    .ifPresent(known -> images.forget(image, time));
        } else {
            event.digest().ifPresent(digest -> untagged(event.repository(), digest, time));
        }
    }

    private static boolean isOlder(TaggedImage known, EcrImageAction event, Instant time) {
        boolean same = known.digest().isEmpty()
                || event.digest().isEmpty()
                || known.digest().equals(event.digest());
        return same
                && known.checkedAt().filter(checked -> checked.isAfter(time)).isEmpty();
    }

    private void untagged(RepositoryName repository, Digest digest, Instant time) {
        images.manifest(repository, digest)
                .flatMap(StoredManifest::lastPulledAt)
                .filter(last -> last.isAfter(time))
                .ifPresentOrElse(last -> {}, () -> images.forget(new Digested(repository, digest), time));
    }
}
