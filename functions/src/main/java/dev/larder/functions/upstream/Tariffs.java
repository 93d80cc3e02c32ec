package dev.larder.functions.upstream;

import dev.larder.config.Budget;
import dev.larder.config.Upstream;
import dev.larder.domain.upstream.Tariff;

/** What upstreams count. */
public final class Tariffs {
    private Tariffs() {}

    /** What an upstream counts: as the file says, or as its registry is known to. */
    public static Tariff of(Upstream upstream) {
        Budget.Counts counts =
                upstream.budget().map(Budget::counts).orElseGet(() -> Budget.Counts.usual(upstream.registry()));
        return switch (counts) {
            case MANIFESTS -> Tariff.MANIFESTS;
            case REQUESTS -> Tariff.REQUESTS;
        };
    }
}
