package dev.larder.functions.warm;

import dev.larder.config.Upstream;
import dev.larder.domain.upstream.Failure;
import dev.larder.domain.upstream.FailureKind;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.functions.registry.ImportCounts;
import dev.larder.functions.registry.Looked;
import dev.larder.functions.registry.UpstreamManifest;

/** Asks an upstream what a tag points at, within its budget. That it is limited counts against its circuit. */
final class TagLook {
    private final WarmPorts ports;

    TagLook(WarmPorts ports) {
        this.ports = ports;
    }

    /** @throws WarmFailedException when the upstream did not say, or was not asked */
    Digest at(Upstream upstream, Tagged image) throws WarmFailedException {
        return manifest(upstream, image).digest();
    }

    /** The same, with what it tells of the manifest. */
    UpstreamManifest manifest(Upstream upstream, Tagged image) throws WarmFailedException {
        if (!ports.purse().payHead(upstream, ports.clock().instant())) {
            throw new WarmFailedException(new Failure(
                    FailureKind.BUDGET_SPENT,
                    "BudgetSpent",
                    "the budget of " + upstream.prefix() + " does not pay for asking what " + image + " points at"));
        }
        return paid(upstream, image);
    }

    /** The same, when it is paid already. */
    UpstreamManifest paid(Upstream upstream, Tagged image) throws WarmFailedException {
        return said(upstream, image, ports.registries().manifest(upstream, image));
    }

    /** What an import would fetch. The upstream counts the question as a manifest, which is paid already. */
    ImportCounts counts(Upstream upstream, Digested image) throws WarmFailedException {
        return said(upstream, image, ports.registries().counts(upstream, image));
    }

    private <T> T said(Upstream upstream, ImageReference image, Looked<T> looked) throws WarmFailedException {
        looked.limit()
                .ifPresent(limit ->
                        ports.purse().reported(upstream, limit, ports.clock().instant()));
        // a new authorization takes another request, and so does what answers no HEAD
        ports.purse()
                .askedAgain(
                        upstream,
                        Math.max(0, looked.requests() - 1),
                        ports.clock().instant());
        return switch (looked) {
            case Looked.Found<T> found -> found.value();
            case Looked.Unchanged<T> unchanged ->
                throw new WarmFailedException(new Failure(
                        FailureKind.UNKNOWN, "NoDigest", "the upstream said nothing of what " + image + " is"));
            case Looked.Refused<T> refused -> {
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
