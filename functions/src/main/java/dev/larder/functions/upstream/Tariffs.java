package dev.larder.functions.upstream;

import dev.larder.config.Budget;
import dev.larder.config.Registry;
import dev.larder.config.Upstream;
import dev.larder.domain.upstream.Allowance;
import dev.larder.domain.upstream.StatedLimit;
import dev.larder.domain.upstream.Tariff;
import java.time.Duration;
import java.util.Optional;

/** What upstreams count, and what they are known to allow. */
public final class Tariffs {
    /** Docker Hub's Personal plan, with a login: 200 pulls in six hours (docs.docker.com, usage and limits). */
    private static final StatedLimit DOCKER_HUB = new StatedLimit(200, Duration.ofHours(6), Allowance.RESERVE_PERCENT);

    private Tariffs() {}

    /** What an upstream allows that the file says nothing of, until it reports what it allows; absent where nobody knows. */
    public static Optional<StatedLimit> published(Upstream upstream) {
        return upstream.registry() == Registry.DOCKER_HUB ? Optional.of(DOCKER_HUB) : Optional.empty();
    }

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
