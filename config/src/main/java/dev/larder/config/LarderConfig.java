package dev.larder.config;

import java.util.List;
import java.util.Map;

/**
 * What one {@code larder.yaml} asks for, whole and valid.
 *
 * @param name names stacks and resources; lower-case words joined by dashes
 * @param cells the accounts and regions to deploy to, at least one
 * @param upstreams in the file's order, at most {@link AwsLimits#RULES_PER_REGISTRY}
 * @param repositories the desired state of cached repositories, by their upstream's prefix
 */
public record LarderConfig(
        String name,
        List<Cell> cells,
        List<Upstream> upstreams,
        Usage usage,
        Warm warm,
        Lifecycle lifecycle,
        Map<String, CachedRepositories> repositories,
        Prices prices) {
    /** Copies the collections. */
    public LarderConfig {
        cells = List.copyOf(cells);
        upstreams = List.copyOf(upstreams);
        repositories = Map.copyOf(repositories);
    }

    /** The desired state of the repositories under an upstream's prefix. */
    public CachedRepositories repositories(String prefix) {
        return repositories.getOrDefault(prefix, CachedRepositories.DEFAULT);
    }

    /** With the listed prices. */
    public LarderConfig(
            String name,
            List<Cell> cells,
            List<Upstream> upstreams,
            Usage usage,
            Warm warm,
            Lifecycle lifecycle,
            Map<String, CachedRepositories> repositories) {
        this(name, cells, upstreams, usage, warm, lifecycle, repositories, Prices.LISTED);
    }
}
