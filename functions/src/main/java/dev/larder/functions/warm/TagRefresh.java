package dev.larder.functions.warm;

import dev.larder.config.Upstream;
import dev.larder.domain.image.KeepTag;
import dev.larder.domain.upstream.EqualTags;
import dev.larder.domain.upstream.Failure;
import dev.larder.domain.upstream.FailureKind;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.Tag;
import dev.larder.functions.ecr.CacheException;
import dev.larder.functions.ecr.CachedManifest;
import dev.larder.functions.ecr.ImageCache;
import dev.larder.functions.table.TagMoves;
import dev.larder.functions.table.TaggedImage;
import java.util.List;
import java.util.Optional;

/**
 * Brings a tag forward to what its upstream has, before ECR's last check is 24 hours old. ECR offers no call for that, so
 * there are two ways, both behind this class.
 *
 * <ol>
 *   <li>By another tag: the new image is in the cache, or another tag of the upstream that is not cached points at it and
 *       is imported. Once all of it has landed, the tag is put on it in one step (PutImage). The tag is never off. That ECR
 *       takes a manifest that it has imported itself is inferred; the user guide calls a push to a cached repository
 *       unsupported, and says that the old image may be served for up to 24 hours after one (ecr-facts 2.4).
 *   <li>Otherwise the tag is taken off and asked for, since a tag that is not there is imported afresh. (The user guide
 *       says so of a deleted image; that it also holds for a tag whose image stays is inferred: ecr-facts 2.4.) The image
 *       is put under a keep tag before, so that it does not go with its last tag; and the tag is put back at once when
 *       it does not come. Until it has, which took 1.7 to 5.5 seconds where it was measured (ecr-facts 2.3), a puller is
 *       served by an import of his own, and fails where he may not make one. So it is for those only who asked for
 *       just this, and never for a plan, an undo, or a refresh that does not say so.
 * </ol>
 *
 * Call it only when the upstream has just said what the tag points at, so that it is known to answer.
 */
final class TagRefresh {
    /** What fails with this has left a tag off. */
    private static final String OFF = "TagIsOff";

    /** How many other tags the upstream is asked for at most. */
    private static final int LOOKS = 5;

    private final WarmPorts ports;
    private final TagLook look;
    private final Verification verification;

    TagRefresh(WarmPorts ports) {
        this.ports = ports;
        this.look = new TagLook(ports);
        this.verification = new Verification(ports.cache(), ports.pause());
    }

    /**
     * Brings the tag forward.
     *
     * @param before what the tag points at in the cache
     * @param to what it points at, at the upstream
     * @return what it points at in the cache now: {@code to}, or newer; nothing when the tag would have to be taken off
     *     for that, and the order does not say that it may
     * @throws WarmFailedException when that did not come; the tag is as it was
     */
    Optional<CachedManifest> forward(Job job, Tagged image, CachedManifest before, Digest to)
            throws WarmFailedException {
        Optional<CachedManifest> there = fromTheCache(job, image, to);
        if (there.isPresent()) {
            return there;
        }
        Optional<CachedManifest> elsewhere = byAnotherTag(job, image, to);
        if (elsewhere.isPresent()) {
            return Optional.of(put(job, image, elsewhere.get()));
        }
        return mayTakeOff(job) ? Optional.of(importAfresh(job, image, before)) : Optional.empty();
    }

    /** Nobody who pulls the tag asked for what a plan has found. */
    private static boolean mayTakeOff(Job job) {
        return !job.order().reason().isPlanned() && job.order().takeOff();
    }

    /** Puts the tag on an image that is in the cache already, which asks nothing of the upstream; nothing when it is not. */
    Optional<CachedManifest> fromTheCache(Job job, Tagged image, Digest to) throws WarmFailedException {
        CachedManifest cached =
                ports.cache().manifests(image.repository(), List.of(to)).get(to);
        return cached == null ? Optional.empty() : Optional.of(put(job, image, cached));
    }

    private CachedManifest put(Job job, Tagged image, CachedManifest whole) throws WarmFailedException {
        verification.verify(image.repository(), whole, job.order().platforms(), job.landing());
        ports.cache().tag(image.repository(), whole, image.tag());
        return whole;
    }

    /** An upstream that is seen to fail ends it here, before the tag is taken off. */
    private Optional<CachedManifest> byAnotherTag(Job job, Tagged image, Digest to) throws WarmFailedException {
        List<Tagged> others = EqualTags.of(image.tag(), to, ports.tags().of(image.repository())).stream()
                .map(tag -> new Tagged(image.repository(), tag))
                .filter(other -> ports.records()
                        .tagged(other)
                        .flatMap(TaggedImage::digest)
                        .isEmpty())
                .limit(LOOKS)
                .toList();
        for (Tagged other : others) {
            Optional<CachedManifest> found =
                    pointsAt(job.upstream(), other, to) ? imported(job, other, to) : Optional.empty();
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private boolean pointsAt(Upstream upstream, Tagged other, Digest to) throws WarmFailedException {
        try {
            return look.at(upstream, other).equals(to);
        } catch (WarmFailedException e) {
            if (e.failure().kind() == FailureKind.NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    /** The lease tells those who hear of the import that it is ours. */
    private Optional<CachedManifest> imported(Job job, Tagged other, Digest to) throws WarmFailedException {
        String orderId = job.order().orderId();
        if (!ports.leases().acquire(other, orderId, ports.clock().instant())) {
            return Optional.empty();
        }
        try {
            return switch (ports.cache().get(other)) {
                case ImageCache.Answer.Found(CachedManifest found) -> {
                    job.account().imported(found);
                    new TagMoves(ports.records())
                            .to(other, found.digest(), ports.clock().instant());
                    yield Optional.of(found)
                            .filter(manifest -> manifest.digest().equals(to));
                }
                case ImageCache.Answer.Refused(Failure failure) -> {
                    if (failure.kind() == FailureKind.NOT_FOUND) {
                        yield Optional.empty();
                    }
                    throw new WarmFailedException(failure);
                }
            };
        } finally {
            ports.leases().release(other, orderId, ports.clock().instant());
        }
    }

    private CachedManifest importAfresh(Job job, Tagged image, CachedManifest before) throws WarmFailedException {
        Tag keep = KeepTag.of(before.digest());
        ports.cache().tag(image.repository(), before, keep);
        remember(image, before);
        CachedManifest after = replace(job, image, before);
        if (after.digest().equals(before.digest())) {
            ports.cache().untag(new Tagged(image.repository(), keep));
        } else {
            job.account().imported(after);
        }
        return after;
    }

    /** What {@link #mend} puts back when this is cut off and the upstream does not give the tag any more. */
    private void remember(Tagged image, CachedManifest before) {
        boolean known = ports.records()
                .tagged(image)
                .flatMap(TaggedImage::digest)
                .filter(before.digest()::equals)
                .isPresent();
        if (!known) {
            new TagMoves(ports.records())
                    .to(image, before.digest(), ports.clock().instant());
        }
    }

    /**
     * Nothing is asked twice while the tag may be off: it is put back first, and the order comes again. The keep tag stays:
     * a pull may have brought the tag back on another image, and an image goes with its last tag.
     */
    private CachedManifest replace(Job job, Tagged image, CachedManifest before) throws WarmFailedException {
        String orderId = job.order().orderId();
        ports.off()
                .note(
                        orderId,
                        new TagsOff.Off(image, before.digest()),
                        ports.clock().instant());
        ImageCache once = ports.cache().askedOnce();
        CachedManifest after;
        try {
            once.untag(image);
            after = switch (once.get(image)) {
                case ImageCache.Answer.Found(CachedManifest found) -> found;
                case ImageCache.Answer.Refused(Failure failure) -> throw new WarmFailedException(failure);
            };
        } catch (WarmFailedException | RuntimeException e) {
            putBack(image, before);
            ports.off().forget(orderId);
            throw e;
        }
        ports.off().forget(orderId);
        return after;
    }

    /**
     * Puts a tag back that an earlier try of the order has left off, unless it is known to be on another image by now. Nothing
     * is asked of the upstream for that: it may be why the try failed.
     *
     * @throws WarmFailedException when ECR does not do it; the order has to come again
     */
    void restore(String orderId) throws WarmFailedException {
        Optional<TagsOff.Off> noted = ports.off().of(orderId);
        if (noted.isEmpty()) {
            return;
        }
        Tagged image = noted.get().image();
        Digest from = noted.get().from();
        boolean moved = ports.records()
                .tagged(image)
                .flatMap(TaggedImage::digest)
                .filter(digest -> !digest.equals(from))
                .isPresent();
        if (!moved) {
            putBack(image, from);
        }
        ports.off().forget(orderId);
    }

    /** Puts a tag back that a refresh which was cut off has left off, when the upstream does not give it. */
    void mend(Tagged image) throws WarmFailedException {
        Optional<Digest> lost = ports.records().tagged(image).flatMap(TaggedImage::digest);
        if (lost.isPresent()) {
            putBack(image, lost.get());
        }
    }

    private void putBack(Tagged image, Digest from) throws WarmFailedException {
        CachedManifest manifest;
        try {
            manifest =
                    ports.cache().manifests(image.repository(), List.of(from)).get(from);
        } catch (CacheException e) {
            throw stillOff(image, e);
        }
        if (manifest != null) {
            putBack(image, manifest);
        }
    }

    private void putBack(Tagged image, CachedManifest before) throws WarmFailedException {
        try {
            ports.cache().tag(image.repository(), before, image.tag());
        } catch (CacheException e) {
            if (e.failure().kind() != FailureKind.IMMUTABLE) {
                throw stillOff(image, e);
            }
            // the tag is on another image, so it is not off
        }
    }

    /** Whether the order has left a tag off, so that nothing else is tried before it is put back. */
    static boolean isOff(Failure failure) {
        return failure.code().equals(OFF);
    }

    /** Whatever ECR refuses it for: such an order comes again, so that the tag is put back as soon as ECR does it. */
    private static WarmFailedException stillOff(Tagged image, CacheException e) {
        return new WarmFailedException(new Failure(
                FailureKind.INCOMPLETE,
                OFF,
                image + " is off since it was to be imported afresh, and could not be put back yet: " + e.failure()));
    }
}
