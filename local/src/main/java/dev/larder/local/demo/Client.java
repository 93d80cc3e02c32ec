package dev.larder.local.demo;

import dev.larder.events.image.Digest;
import dev.larder.events.image.Platform;
import dev.larder.local.oci.Descriptor;
import dev.larder.local.oci.Manifest;
import dev.larder.local.upstream.UpstreamCredentials;
import dev.larder.local.upstream.UpstreamException;
import dev.larder.local.upstream.UpstreamLimits;
import dev.larder.local.upstream.UpstreamRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/** Pulls images as a container runtime does: the tag, then the manifest of its own platform, then every blob. */
final class Client {
    private static final Platform OWN = Platform.parse("linux/amd64");

    private final UpstreamRegistry registry;

    /** @param user the IAM user whose pulls these are */
    Client(String registry, String user) throws UpstreamException {
        this.registry = UpstreamRegistry.at(
                registry, Optional.of(new UpstreamCredentials(user, "local")), UpstreamLimits.DEFAULT);
    }

    /** Pulls the image whole. */
    Pulled pull(String repository, String tag) throws IOException {
        Manifest first = registry.manifest(repository, tag);
        Manifest image = first;
        if (first.isIndex()) {
            Descriptor child = first.children().stream()
                    .filter(candidate ->
                            candidate.platform().filter(OWN::accepts).isPresent())
                    .findFirst()
                    .orElseThrow(() -> new IOException(repository + ":" + tag + " is not made for " + OWN));
            image = registry.manifest(repository, child.digest().value());
        }
        long bytes = 0;
        for (Descriptor blob : image.blobs()) {
            try (InputStream content = registry.blob(repository, blob)) {
                bytes += content.transferTo(OutputStream.nullOutputStream());
            }
        }
        return new Pulled(first.digest(), bytes);
    }

    /** What came. */
    record Pulled(Digest digest, long bytes) {}
}
