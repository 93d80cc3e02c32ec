package dev.larder.domain.warming;

import dev.larder.domain.upstream.Circuit;
import dev.larder.domain.upstream.TokenBucket;
import java.util.Optional;

/**
 * What an upstream lets Larder do now.
 *
 * @param bucket absent when no limit is known
 */
public record Funds(Circuit circuit, Optional<TokenBucket> bucket) {}
