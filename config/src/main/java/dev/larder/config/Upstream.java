package dev.larder.config;

import java.util.List;
import java.util.Optional;

/**
 * A registry that ECR caches under a prefix.
 *
 * @param prefix the repository prefix of the cache rule, 2 to 30 characters
 * @param url the registry's host, or for a custom registry its URL with scheme and port
 * @param credentials the name of the secret, {@code ecr-pullthroughcache/...}, perhaps with its suffix ({@link
 *     SecretNames}); must be there when the registry wants one
 * @param allow globs over the upstream's repositories that may be warmed and are expected to be pulled; empty allows
 *     all
 * @param budget how much of the upstream's limit Larder may spend; empty means no limit is known
 */
public record Upstream(
        String prefix,
        Registry registry,
        String url,
        Optional<String> credentials,
        List<String> allow,
        Optional<Budget> budget) {
    /** Copies the list. */
    public Upstream {
        allow = List.copyOf(allow);
    }
}
