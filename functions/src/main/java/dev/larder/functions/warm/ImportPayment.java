package dev.larder.functions.warm;

import dev.larder.config.Upstream;
import dev.larder.domain.upstream.Failure;
import dev.larder.domain.upstream.FailureKind;
import dev.larder.domain.upstream.Tariff;
import dev.larder.domain.warming.Growth;
import dev.larder.domain.warming.ImportSize;
import dev.larder.events.WarmReason;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.registry.ImportCounts;
import dev.larder.functions.registry.UpstreamManifest;
import dev.larder.functions.upstream.Tariffs;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Pays for what an import takes beyond what its plan paid, before ECR makes it: the plan knew the image as it was, and its
 * next one may have more platforms.
 *
 * <p>Where the budget has room for an image that has grown by a few platforms, that is paid, and comes back when the order is
 * settled. Where it has not, the upstream is asked what it has: by HEAD how large the manifest is, which bounds what it lists;
 * and by GET, at the price of one manifest, when that bound does not fit either. Where layers are counted as well, the
 * manifests of an index's images are read, too. What is left is owed afterwards: an image that nobody asked for because there
 * was room, and that has grown by more; and layers, where the upstream does not let Larder see them, or where the whole share
 * holds less than an image usually takes.
 */
final class ImportPayment {
    private static final Set<FailureKind> ASKED_TOO_MUCH =
            EnumSet.of(FailureKind.UPSTREAM_LIMIT, FailureKind.BUDGET_SPENT);

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
        waitsForItsTurn(job);
        if (!paysBefore(job) || hasRoom(job, known.isPresent())) {
            return Optional.empty();
        }
        UpstreamManifest said;
        ask(job, image, Tariffs.of(job.upstream()).head());
        try {
            said = look.paid(job.upstream(), image);
        } catch (WarmFailedException e) {
            if (e.failure().kind() == FailureKind.NOT_FOUND) {
                return Optional.empty();
            }
            if (isOwedAfter(job, e)) {
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
        waitsForItsTurn(job);
        if (!paysBefore(job)) {
            return;
        }
        Tariff tariff = Tariffs.of(job.upstream());
        OptionalInt most = said.mostManifests();
        if (tariff.blob() == 0 && most.isPresent() && covers(job, tariff.importing(most.getAsInt(), 0))) {
            return;
        }
        if (hasRoom(job, known)) {
            return;
        }
        Digested image = new Digested(repository, said.digest());
        int cost;
        try {
            cost = cost(job, image);
        } catch (WarmFailedException e) {
            if (isOwedAfter(job, e)) {
                return;
            }
            throw unseen(job, e);
        }
        if (!covers(job, cost)) {
            throw new WarmFailedException(new Failure(
                    FailureKind.TOO_DEAR,
                    "TooDear",
                    "an import of " + image + " costs " + cost + " of the budget of "
                            + job.upstream().prefix() + ", which does not hold as much now"));
        }
    }

    /**
     * An undone run may be many windows' worth. What one of its images takes more than there is, is owed afterwards, and the
     * next one waits until that has come back.
     */
    private void waitsForItsTurn(Job job) throws WarmFailedException {
        if (job.order().reason() == WarmReason.UNDO
                && !job.account().takesItsTurn(job.upstream(), ports.clock().instant())) {
            throw new WarmFailedException(new Failure(
                    FailureKind.BUDGET_SPENT,
                    "BudgetSpent",
                    "too little is left of the budget of " + job.upstream().prefix()
                            + ", or it is the plans' turn; it comes later"));
        }
    }

    /** What an import of it takes, as its manifest says; where blobs count as well, as the manifests of its images say. */
    private int cost(Job job, Digested image) throws WarmFailedException {
        Tariff tariff = Tariffs.of(job.upstream());
        ask(job, image, tariff.manifest());
        ImportCounts counts = look.counts(job.upstream(), image);
        Set<Digest> blobs = new HashSet<>(counts.blobs());
        if (tariff.blob() > 0 && !counts.children().isEmpty()) {
            ask(job, image, tariff.importing(counts.children().size(), 0));
            for (Digest child : counts.children()) {
                blobs.addAll(look.counts(job.upstream(), new Digested(image.repository(), child))
                        .blobs());
            }
        }
        return tariff.importing(counts.manifests(), blobs.size());
    }

    private void ask(Job job, ImageReference image, int cost) throws WarmFailedException {
        if (!covers(job, cost)) {
            throw new WarmFailedException(new Failure(
                    FailureKind.BUDGET_SPENT,
                    "BudgetSpent",
                    "the budget of " + job.upstream().prefix() + " does not pay for asking what " + image + " is"));
        }
        job.account().asked(cost);
    }

    /**
     * Whether nobody can tell what an import takes where blobs count, as the upstream does not let Larder see it. ECR has a
     * login of its own: it is imported all the same, and what it took is owed.
     */
    private static boolean isOwedAfter(Job job, WarmFailedException e) {
        return Tariffs.of(job.upstream()).blob() > 0
                && !ASKED_TOO_MUCH.contains(e.failure().kind());
    }

    /** That the upstream tells Larder nothing says nothing of what it gives ECR, so its circuit is left alone. */
    private static WarmFailedException unseen(Job job, WarmFailedException e) {
        return ASKED_TOO_MUCH.contains(e.failure().kind())
                ? e
                : new WarmFailedException(new Failure(
                        FailureKind.BUDGET_SPENT,
                        "BudgetSpent",
                        "the budget of " + job.upstream().prefix()
                                + " does not pay for an image of unknown size, and the"
                                + " upstream did not say how large it is: " + e.failure()));
    }

    /**
     * Whether the order pays before ECR is sent to the upstream. Where layers count, and a share holds less than an image
     * usually takes, no such image would ever come: what it took is owed.
     */
    boolean paysBefore(Job job) {
        Upstream upstream = job.upstream();
        Tariff tariff = Tariffs.of(upstream);
        int usual = tariff.importing(ImportSize.UNKNOWN.manifests(), ImportSize.UNKNOWN.blobs());
        return job.account().paysBefore()
                && (tariff.blob() == 0
                        || job.account().mayPay(upstream, usual, ports.clock().instant()));
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
