package dev.larder.local.oci;

import dev.larder.events.image.Digest;
import dev.larder.events.image.Platform;
import java.util.Optional;

/**
 * A reference to content, from a manifest or an index (OCI image specification, descriptor.md).
 *
 * @param size bytes
 * @param platform what the referenced image runs on, where an index says so
 */
public record Descriptor(String mediaType, Digest digest, long size, Optional<Platform> platform) {}
