package dev.larder.functions.warm;

import dev.larder.config.Upstream;
import dev.larder.domain.upstream.Failure;
import dev.larder.domain.upstream.FailureKind;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.functions.registry.Looked;

/** Asks an upstream what a tag points at, within its budget. That it is limited counts against its circuit. */
final class TagLook {
    private final WarmPorts ports;

    TagLook(WarmPorts ports) {
        this.ports = ports;
    }

    /** @throws WarmFailedException when the upstream did not say, or was not asked */
    Digest at(Upstream upstream, Tagged image) throws WarmFailedException {
        if (!ports.purse().payHead(upstream, ports.clock().instant())) {
            throw new WarmFailedException(new Failure(
                    FailureKind.BUDGET_SPENT,
                    "BudgetSpent",
                    "the budget of " + upstream.prefix() + " does not pay for asking what " + image + " points at"));
        }
        Looked<Digest> looked = ports.registries().digest(upstream, image);
        looked.limit()
                .ifPresent(limit ->
                        ports.purse().reported(upstream, limit, ports.clock().instant()));
        return switch (looked) {
            case Looked.Found<Digest> found -> found.value();
            case Looked.Unchanged<Digest> unchanged ->
                throw new WarmFailedException(new Failure(
                        FailureKind.UNKNOWN, "NoDigest", "the upstream said nothing of what " + image + " points at"));
            case Looked.Refused<Digest> refused -> {
                if (refused.failure().kind() == FailureKind.UPSTREAM_LIMIT) {
                    ports.health()
                            .failed(
                                    upstream.prefix(),
                                    refused.failure(),
                                    ports.clock().instant());
                }
                throw new WarmFailedException(refused.failure());
            }
        };
    }
}
