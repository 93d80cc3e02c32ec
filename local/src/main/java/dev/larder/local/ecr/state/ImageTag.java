package dev.larder.local.ecr.state;

import dev.larder.events.image.Digest;
import java.time.Instant;

/**
 * A tag and the image it points at.
 *
 * @param validatedAt when the upstream, or the one who pushed it, last said so
 */
public record ImageTag(String name, Digest digest, Instant validatedAt) {}
