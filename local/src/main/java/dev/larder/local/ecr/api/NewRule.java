package dev.larder.local.ecr.api;

import dev.larder.local.ecr.CacheRule;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the rule that {@code CreatePullThroughCacheRule} asks for, as ecr-facts 1.1 to 1.4 have it. */
final class NewRule {
    private static final Map<String, String> HOSTS = Map.of(
            "ecr-public", "public.ecr.aws",
            "k8s", "registry.k8s.io",
            "quay", "quay.io",
            "docker-hub", "registry-1.docker.io",
            "github-container-registry", "ghcr.io",
            "gitlab-container-registry", "registry.gitlab.com",
            "chainguard", "cgr.dev");

    private static final Map<String, Pattern> HOST_PATTERNS = Map.of(
            "azure-container-registry", Pattern.compile("[a-z0-9]+\\.azurecr\\.io"),
            "ecr", Pattern.compile("[0-9]{12}\\.dkr\\.ecr\\.[a-z0-9-]+\\.amazonaws\\.com(\\.cn)?"));

    private static final Set<String> WITH_SECRET = Set.of(
            "docker-hub",
            "github-container-registry",
            "gitlab-container-registry",
            "azure-container-registry",
            "chainguard");

    private NewRule() {}

    static CacheRule read(Request request) {
        String prefix = bare(request.text("ecrRepositoryPrefix"));
        String url = request.text("upstreamRegistryUrl");
        String upstreamPrefix =
                bare(request.optional("upstreamRepositoryPrefix").orElse(CacheRule.ROOT));
        if (prefix.equals(CacheRule.ROOT) && !upstreamPrefix.equals(CacheRule.ROOT)) {
            throw Errors.invalid("upstreamRepositoryPrefix", "must not be given when ecrRepositoryPrefix is ROOT");
        }
        Optional<String> registry = isLocal(url) ? request.optional("upstreamRegistry") : Optional.of(named(request));
        if (registry.filter(WITH_SECRET::contains).isPresent() && !isLocal(url) && !request.has("credentialArn")) {
            throw Errors.invalid("credentialArn", "must be given for " + registry.get());
        }
        if (request.has("customRoleArn") && !registry.equals(Optional.of("ecr"))) {
            throw Errors.invalid("customRoleArn", "can be given only for an upstream in Amazon ECR");
        }
        return new CacheRule(prefix, registry, url, upstreamPrefix, request.optional("credentialArn"));
    }

    /** A slash at the end is always assumed. */
    static String bare(String prefix) {
        return prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
    }

    /** The local cloud's own: a URL with its scheme can be any registry. ECR takes hosts only. */
    private static boolean isLocal(String url) {
        return url.startsWith("http://") || url.startsWith("https://");
    }

    private static String named(Request request) {
        String url = request.text("upstreamRegistryUrl");
        Optional<String> byHost = HOSTS.entrySet().stream()
                .filter(entry -> entry.getValue().equals(url))
                .map(Map.Entry::getKey)
                .findFirst()
                .or(() -> HOST_PATTERNS.entrySet().stream()
                        .filter(entry -> entry.getValue().matcher(url).matches())
                        .map(Map.Entry::getKey)
                        .findFirst());
        if (byHost.isEmpty()
                || !request.optional("upstreamRegistry").orElse(byHost.get()).equals(byHost.get())) {
            throw Errors.error(
                    "UnsupportedUpstreamRegistryException",
                    "The upstream registry '" + url + "' is not supported; hosts are "
                            + new java.util.TreeMap<>(HOSTS).values()
                            + ", <name>.azurecr.io, <account>.dkr.ecr.<region>.amazonaws.com, and, in the local cloud,"
                            + " any URL with http:// or https://");
        }
        return byHost.get();
    }
}
