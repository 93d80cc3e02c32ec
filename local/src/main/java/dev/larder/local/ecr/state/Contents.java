package dev.larder.local.ecr.state;

import dev.larder.events.image.Digest;
import dev.larder.local.oci.Descriptor;
import dev.larder.local.oci.Manifest;
import java.util.Optional;

/** Whether all that a manifest refers to is here. */
public final class Contents {
    private Contents() {}

    /** The first child or blob that is missing; empty when all are here. */
    public static Optional<Digest> missing(EcrRegistry registry, String repository, Manifest manifest) {
        Optional<Digest> child = manifest.children().stream()
                .map(Descriptor::digest)
                .filter(digest -> registry.images().find(repository, digest).isEmpty())
                .findFirst();
        return child.or(() -> manifest.blobs().stream()
                .filter(Contents::isDistributed)
                .map(Descriptor::digest)
                .filter(digest -> !registry.blobs().has(digest))
                .findFirst());
    }

    /** Layers of Windows base images and the like stay with their publisher (OCI image specification, layer.md). */
    public static boolean isDistributed(Descriptor blob) {
        return !blob.mediaType().contains("nondistributable")
                && !blob.mediaType().contains(".foreign.");
    }
}
