package dev.larder.functions.warm;

import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.functions.ecr.CachedManifest;
import dev.larder.functions.table.StoredManifest;
import dev.larder.functions.table.TagMoves;
import java.time.Instant;
import java.util.Optional;

/** Writes down what an order brought. */
final class WarmRecord {
    private final WarmPorts ports;

    WarmRecord(WarmPorts ports) {
        this.ports = ports;
    }

    /** What the image is, and where its tag points. */
    void brought(ImageReference image, Brought brought, Instant now) {
        CachedManifest manifest = brought.landed().manifest();
        Digested digested = new Digested(image.repository(), manifest.digest());
        ports.records()
                .describe(new StoredManifest(
                        digested,
                        Optional.of(manifest.mediaType()),
                        brought.landed().children(),
                        brought.landed().platforms(),
                        brought.landed().sizeBytes(),
                        brought.landed().blobs(),
                        Optional.empty()));
        if (!manifest.children().isEmpty()) {
            ports.records().lists(digested, manifest.platforms());
        }
        if (image instanceof Tagged tagged) {
            brought.moved().ifPresent(digest -> new TagMoves(ports.records()).to(tagged, digest, now));
        }
    }
}
