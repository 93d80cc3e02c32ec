package dev.larder.functions.warm;

import dev.larder.config.Upstream;
import dev.larder.domain.upstream.Failure;
import dev.larder.domain.upstream.FailureKind;
import dev.larder.domain.upstream.Tariff;
import dev.larder.domain.warming.Growth;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.registry.ImportCounts;
import dev.larder.functions.registry.UpstreamManifest;
import dev.larder.functions.upstream.Tariffs;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Pays for what an import takes beyond what its plan paid, before ECR makes it: the plan knew the image as it was, and its
 * next one may have more platforms.
 *
 * <p>Where the budget has room for an image that has grown by a few platforms, that is paid, and comes back when the order is
 * settled. Where it has not, the upstream is asked what it has: by HEAD how large the manifest is, which
 * bounds what it lists; and by GET, at the price of one manifest, when that bound does not fit either. Upstreams that count layers are settled afterwards. What is left: an image that nobody asked for because there was room, and
 * that has grown by more; that is owed afterwards.
 */
final class ImportPayment {
    private final WarmPorts ports;
    private final TagLook look;

    ImportPayment(WarmPorts ports) {
        this.ports = ports;
        this.look = new TagLook(ports);
    }

    /**
     * ECR is about to compare a tag with the upstream, and to import what it finds there.
     *
     * @param known what the tag points at in the cache
     * @return what the upstream said, if it was asked
     * @throws WarmFailedException when the budget does not pay for what may come
     */
    Optional<UpstreamManifest> beforeCheck(Job job, Tagged image, Optional<Digest> known) throws WarmFailedException {
        if (!paysBefore(job) || hasRoom(job, known.isPresent())) {
            return Optional.empty();
        }
        UpstreamManifest said;
        try {
            said = look.manifest(job.upstream(), image);
        } catch (WarmFailedException e) {
            if (e.failure().kind() == FailureKind.NOT_FOUND) {
                return Optional.empty();
            }
            throw unseen(job, e);
        }
        if (known.filter(said.digest()::equals).isEmpty()) {
            beforeImport(job, image.repository(), said, known.isPresent());
        }
        return Optional.of(said);
    }

    /**
     * The same of an import of which the upstream has just said what it is.
     *
     * @param known whether the tag was known to point at something before
     */
    void beforeImport(Job job, RepositoryName repository, UpstreamManifest said, boolean known)
            throws WarmFailedException {
        if (!paysBefore(job)) {
            return;
        }
        Tariff tariff = Tariffs.of(job.upstream());
        OptionalInt most = said.mostManifests();
        if (most.isPresent() && covers(job, tariff.importing(most.getAsInt(), 0))) {
            return;
        }
        if (hasRoom(job, known)) {
            return;
        }
        Digested image = new Digested(repository, said.digest());
        if (!covers(job, tariff.manifest())) {
            throw new WarmFailedException(new Failure(
                    FailureKind.BUDGET_SPENT,
                    "BudgetSpent",
                    "the budget of " + job.upstream().prefix() + " does not pay for asking what " + image + " is"));
        }
        job.account().asked(tariff.manifest());
        ImportCounts counts;
        try {
            counts = look.counts(job.upstream(), image);
        } catch (WarmFailedException e) {
            throw unseen(job, e);
        }
        int cost = tariff.importing(counts.manifests(), 0);
        if (!covers(job, cost)) {
            throw new WarmFailedException(new Failure(
                    FailureKind.TOO_DEAR,
                    "TooDear",
                    "an import of " + image + " costs " + cost + " of the budget of "
                            + job.upstream().prefix() + ", which does not hold as much now"));
        }
    }

    /** That the upstream tells Larder nothing says nothing of what it gives ECR, so its circuit is left alone. */
    private static WarmFailedException unseen(Job job, WarmFailedException e) {
        return e.failure().kind() == FailureKind.UPSTREAM_LIMIT
                ? e
                : new WarmFailedException(new Failure(
                        FailureKind.BUDGET_SPENT,
                        "BudgetSpent",
                        "the budget of " + job.upstream().prefix()
                                + " does not pay for an image of unknown size, and the"
                                + " upstream did not say how large it is: " + e.failure()));
    }

    /** Layers that are counted as well cannot be known before an import: what they cost is settled after. */
    boolean paysBefore(Job job) {
        return job.account().paysBefore() && Tariffs.of(job.upstream()).blob() == 0;
    }

    private boolean hasRoom(Job job, boolean known) {
        Tariff tariff = Tariffs.of(job.upstream());
        int planned = job.account().planned();
        return covers(job, Math.addExact(planned, Growth.tokens(known, planned, tariff)));
    }

    private boolean covers(Job job, int tokens) {
        Upstream upstream = job.upstream();
        return job.account().covers(upstream, tokens, ports.clock().instant());
    }
}
