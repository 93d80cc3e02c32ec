package dev.larder.config;

import java.util.List;

/**
 * What one {@code larder.yaml} asks for, whole and valid.
 *
 * @param name names stacks and resources; lower-case words joined by dashes
 * @param cells the accounts and regions to deploy to, at least one
 * @param upstreams in the file's order, at most {@link AwsLimits#RULES_PER_REGISTRY}
 */
public record LarderConfig(
        String name,
        List<Cell> cells,
        List<Upstream> upstreams,
        Usage usage,
        Warm warm,
        Lifecycle lifecycle,
        Prices prices) {
    /** Copies the lists. */
    public LarderConfig {
        cells = List.copyOf(cells);
        upstreams = List.copyOf(upstreams);
    }

    /** With the listed prices. */
    public LarderConfig(
            String name, List<Cell> cells, List<Upstream> upstreams, Usage usage, Warm warm, Lifecycle lifecycle) {
        this(name, cells, upstreams, usage, warm, lifecycle, Prices.LISTED);
    }
}
