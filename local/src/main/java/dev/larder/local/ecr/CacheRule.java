package dev.larder.local.ecr;

import java.util.Optional;

/**
 * A pull-through cache rule as the registry holds it.
 *
 * @param prefix {@code ecrRepositoryPrefix}, or {@code ROOT}
 * @param upstreamRegistry {@code upstreamRegistry} of the API, for instance {@code docker-hub}; empty when only a URL
 *     was given
 * @param upstreamUrl a host such as {@code quay.io}, or a URL with its scheme
 * @param upstreamPrefix {@code upstreamRepositoryPrefix}, {@code ROOT} by default
 * @param credentialArn the secret with {@code username} and {@code accessToken}
 */
public record CacheRule(
        String prefix,
        Optional<String> upstreamRegistry,
        String upstreamUrl,
        String upstreamPrefix,
        Optional<String> credentialArn) {
    /** The prefix that stands for every repository that no other rule has. */
    public static final String ROOT = "ROOT";

    /** The upstream's name of a cached repository: the rule's prefix goes, the upstream's prefix comes. */
    public String upstreamRepository(String repository) {
        String rest = prefix.equals(ROOT) ? repository : repository.substring(prefix.length() + 1);
        return upstreamPrefix.equals(ROOT) ? rest : upstreamPrefix + "/" + rest;
    }
}
