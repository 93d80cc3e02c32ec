package dev.larder.local.ecr.state;

import java.time.Instant;
import java.util.Optional;

/**
 * A repository's lifecycle policy.
 *
 * @param text as it was put
 * @param evaluatedAt when it was last acted upon
 */
public record LifecycleText(String repository, String text, Optional<Instant> evaluatedAt) {}
