package dev.larder.functions.lifecycle;

import dev.larder.config.Lifecycle;
import dev.larder.config.Upstream;
import dev.larder.domain.lifecycle.Limits;
import dev.larder.domain.lifecycle.Policy;
import dev.larder.domain.lifecycle.Quota;
import java.util.List;

/**
 * What the file says of evictions, as the decision takes it.
 *
 * @param quotas in the file's order
 * @param limits of a whole run
 * @param enforce whether sweeps delete
 * @param settings stands for all that the file says of the lifecycle: another one, other settings
 */
public record Eviction(Policy policy, List<Quota> quotas, Limits limits, boolean enforce, String settings) {
    /** Copies the list. */
    public Eviction {
        quotas = List.copyOf(quotas);
    }

    /**
     * The limits of a run.
     *
     * @param reduced whether it has a tenth of them
     */
    public Limits limits(boolean reduced) {
        return reduced ? limits.tenth() : limits;
    }

    /**
     * Reads the file's settings.
     *
     * @param pins as the file has them, those of substitutes among them
     */
    public static Eviction of(Lifecycle lifecycle, List<Upstream> upstreams, List<String> pins) {
        return new Eviction(
                EvictionRules.policy(lifecycle, upstreams, pins),
                EvictionRules.quotas(lifecycle),
                EvictionRules.limits(lifecycle.evict().limits()),
                lifecycle.enforce(),
                Integer.toHexString(lifecycle.toString().hashCode()));
    }
}
