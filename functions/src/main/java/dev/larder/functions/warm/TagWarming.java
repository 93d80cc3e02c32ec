package dev.larder.functions.warm;

import dev.larder.domain.upstream.Failure;
import dev.larder.domain.upstream.FailureKind;
import dev.larder.domain.warming.Freshness;
import dev.larder.events.WarmOrder;
import dev.larder.events.WarmReason;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.functions.ecr.CachedManifest;
import dev.larder.functions.ecr.ImageCache;
import dev.larder.functions.registry.UpstreamManifest;
import dev.larder.functions.table.StoredManifest;
import dev.larder.functions.table.TaggedImage;
import dev.larder.functions.table.Warmth;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Warms an image by tag: has it imported, sees to it that it is whole, and that it is what the upstream has. */
final class TagWarming {
    /** What an upstream fails with that does not work. */
    private static final Set<FailureKind> OUT =
            EnumSet.of(FailureKind.UPSTREAM_LIMIT, FailureKind.UPSTREAM_UNAVAILABLE);

    private static final String FROM_THE_CACHE = "it was served from the cache, and the upstream was not asked";

    private final WarmPorts ports;
    private final TagLook look;
    private final ImportPayment payment;
    private final SeenTags seen;
    private final TagRefresh refresh;
    private final Presence presence;
    private final Verification verification;

    TagWarming(WarmPorts ports) {
        this.ports = ports;
        this.look = new TagLook(ports);
        this.payment = new ImportPayment(ports);
        this.seen = new SeenTags(ports);
        this.refresh = new TagRefresh(ports);
        this.presence = new Presence(ports);
        this.verification = new Verification(ports.cache(), ports.pause());
    }

    /**
     * Warms it.
     *
     * @param forward whether the upstream must be asked even if ECR's last check is younger than 24 hours
     */
    Brought bring(Job job, Tagged image, boolean forward) throws WarmFailedException {
        Optional<TaggedImage> known = ports.records().tagged(image);
        Optional<Digest> before = known.flatMap(TaggedImage::digest).filter(digest -> isHeld(job, image, digest));
        boolean fresh = before.isPresent() && isFresh(job, known);
        Optional<UpstreamManifest> ahead = fresh ? Optional.empty() : payment.beforeCheck(job, image, before);
        CachedManifest manifest = get(image);
        boolean same = before.filter(manifest.digest()::equals).isPresent();
        // ECR asks the upstream only when it has to: a fresh tag is served from the cache, and its check is as old as
        // before
        boolean checked = !same || !fresh;
        boolean there = same || isThere(image, manifest);
        boolean imported = !there;
        if (!same) {
            job.account().imported(manifest);
        }
        if (forward && !checked) {
            return forward(job, image, manifest);
        }
        Landed landed = verify(job, image, manifest);
        Brought brought = new Brought(
                landed,
                checked ? Optional.of(manifest.digest()) : Optional.empty(),
                Optional.of(FROM_THE_CACHE),
                imported);
        if (job.order().reason() == WarmReason.MISSING_PLATFORM) {
            // whoever looks at what a user's pull has just imported asks nothing of the upstream
            return brought;
        }
        if (checked && there && !job.probe() && !isAsked(job) && ahead.isEmpty()) {
            // ECR has just compared it and imported nothing, unless the upstream is out: then its event says so. A HEAD
            // for each check would double what Larder asks of upstreams
            return brought.verified(false);
        }
        return compared(job, image, brought, ahead);
    }

    /**
     * What the cache has of a tag whose last check is good, by asking ECR alone; none when it is not there, which is known
     * then, or when the next pull of the tag makes ECR ask the upstream.
     */
    Optional<Brought> cached(Job job, Tagged image) throws WarmFailedException {
        Optional<TaggedImage> known = ports.records().tagged(image);
        Optional<Digest> digest = known.filter(any -> isFresh(job, known)).flatMap(TaggedImage::digest);
        if (digest.filter(is -> isHeld(job, image, is)).isEmpty()) {
            return Optional.empty();
        }
        CachedManifest manifest = ports.cache()
                .manifests(image.repository(), List.of(digest.get()))
                .get(digest.get());
        if (manifest == null) {
            return Optional.empty();
        }
        Landed landed = verify(job, image, manifest);
        Warmth before = ports.records().warmth(image);
        boolean seen = before.warmedAt().isPresent() && before.lastFailureAt().isEmpty();
        return Optional.of(
                new Brought(landed, Optional.empty(), seen ? before.unverified() : Optional.of(FROM_THE_CACHE), false));
    }

    /** Puts a tag back that an earlier try of the order has left off. */
    void restore(WarmOrder order) throws WarmFailedException {
        refresh.restore(order.orderId());
    }

    /** Whether a person wants the upstream asked, and not only what ECR makes of it. */
    private static boolean isAsked(Job job) {
        return job.order().refresh() && !job.order().reason().isPlanned();
    }

    private CachedManifest get(Tagged image) throws WarmFailedException {
        return switch (ports.cache().get(image)) {
            case ImageCache.Answer.Found(CachedManifest manifest) -> manifest;
            case ImageCache.Answer.Refused(Failure failure) -> {
                refresh.mend(image);
                throw new WarmFailedException(failure);
            }
        };
    }

    /** Whether ECR has what the tag is known to point at: what it has not is imported, and not only checked. */
    private boolean isHeld(Job job, Tagged image, Digest digest) {
        return presence.of(image.repository(), List.of(digest), job.start()).contains(digest);
    }

    /** Whether the image was in the cache before, under another tag. */
    private boolean isThere(Tagged image, CachedManifest manifest) {
        return ports.records()
                .manifest(image.repository(), manifest.digest())
                .flatMap(StoredManifest::mediaType)
                .isPresent();
    }

    private static boolean isFresh(Job job, Optional<TaggedImage> known) {
        return known.flatMap(TaggedImage::checkedAt)
                .filter(at -> job.start().isBefore(at.plus(Freshness.FRESH_FOR)))
                .isPresent();
    }

    /** The tag stays as it is unless the upstream says that it points elsewhere. */
    private Brought forward(Job job, Tagged image, CachedManifest manifest) throws WarmFailedException {
        if (image.equals(job.order().image()) && job.order().reason().isPlanned()) {
            Optional<Digest> lately = seen.lately(job, image).filter(digest -> !digest.equals(manifest.digest()));
            Optional<CachedManifest> there =
                    lately.isPresent() ? refresh.fromTheCache(job, image, lately.get()) : Optional.empty();
            if (there.isPresent()) {
                Landed landed = verify(job, image, there.get());
                return new Brought(landed, Optional.of(there.get().digest()), Optional.empty(), false);
            }
        }
        UpstreamManifest said = look.manifest(job.upstream(), image);
        if (said.digest().equals(manifest.digest())) {
            return new Brought(verify(job, image, manifest), Optional.empty(), Optional.empty(), true);
        }
        payment.beforeImport(job, image.repository(), said, true);
        Optional<CachedManifest> after = refresh.forward(job, image, manifest, said.digest());
        return after.isPresent()
                ? moved(verify(job, image, after.get()), said.digest())
                : new Brought(verify(job, image, manifest), Optional.empty(), Optional.empty(), true)
                        .behind(left(image, said.digest()));
    }

    private Failure left(Tagged image, Digest said) {
        return NotDue.failure(
                "the upstream has moved the tag to " + said + ", and no other tag is known to lead there",
                ports.records().tagged(image),
                "./larder warm " + image + " --refresh " + NotDue.TAKE_OFF);
    }

    /** @param ahead what the upstream said before ECR asked it */
    private Brought compared(Job job, Tagged image, Brought brought, Optional<UpstreamManifest> ahead)
            throws WarmFailedException {
        Digest digest = brought.landed().manifest().digest();
        if (ahead.map(UpstreamManifest::digest).filter(digest::equals).isPresent()) {
            return brought.verified(true);
        }
        if (!isAsked(job) && seen.lately(job, image).filter(digest::equals).isPresent()) {
            return brought.verified(false);
        }
        UpstreamManifest said;
        try {
            said = look.manifest(job.upstream(), image);
        } catch (WarmFailedException e) {
            boolean out = OUT.contains(e.failure().kind());
            if ((job.probe() && out) || (isAsked(job) && !brought.answered())) {
                throw e;
            }
            return brought.unverified("the upstream did not say: " + e.failure(), brought.answered() && !out);
        }
        if (said.digest().equals(digest)) {
            return brought.verified(true);
        }
        if (brought.moved().isEmpty()) {
            return brought.unverified(
                    "ECR served it from the cache; the upstream has " + said.digest() + " by now", true);
        }
        if (!pays(job, image, said, brought)) {
            return brought.unverified(
                    "the upstream moved the tag to " + said.digest() + " in the middle of the import, and its budget"
                            + " does not pay for another",
                    true);
        }
        Optional<CachedManifest> after =
                refresh.forward(job, image, brought.landed().manifest(), said.digest());
        return after.isPresent()
                ? moved(verify(job, image, after.get()), said.digest())
                : brought.behind(left(image, said.digest()));
    }

    private boolean pays(Job job, Tagged image, UpstreamManifest said, Brought brought) throws WarmFailedException {
        if (!payment.paysBefore(job)) {
            return ports.purse()
                    .payImport(
                            job.upstream(),
                            brought.landed().manifest(),
                            ports.clock().instant());
        }
        try {
            payment.beforeImport(job, image.repository(), said, true);
            return true;
        } catch (WarmFailedException e) {
            if (e.failure().kind() == FailureKind.TOO_DEAR || e.failure().kind() == FailureKind.BUDGET_SPENT) {
                return false;
            }
            throw e;
        }
    }

    private static Brought moved(Landed landed, Digest said) {
        Digest digest = landed.manifest().digest();
        return new Brought(
                landed,
                Optional.of(digest),
                said.equals(digest)
                        ? Optional.empty()
                        : Optional.of("the upstream keeps moving the tag: it said " + said + " before this came"),
                true);
    }

    private Landed verify(Job job, Tagged image, CachedManifest manifest) throws WarmFailedException {
        return verification.verify(image.repository(), manifest, job.order().platforms(), job.landing());
    }
}
