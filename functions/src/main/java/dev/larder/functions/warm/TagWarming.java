package dev.larder.functions.warm;

import dev.larder.config.Upstream;
import dev.larder.domain.upstream.Failure;
import dev.larder.domain.warming.Freshness;
import dev.larder.events.WarmReason;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.functions.ecr.CachedManifest;
import dev.larder.functions.ecr.ImageCache;
import dev.larder.functions.table.TaggedImage;
import java.util.Optional;

/** Warms an image by tag: has it imported, sees to it that it is whole, and that it is what the upstream has. */
final class TagWarming {
    private final WarmPorts ports;
    private final TagLook look;
    private final TagRefresh refresh;
    private final Verification verification;

    TagWarming(WarmPorts ports) {
        this.ports = ports;
        this.look = new TagLook(ports);
        this.refresh = new TagRefresh(ports);
        this.verification = new Verification(ports.cache(), ports.pause());
    }

    /**
     * Warms it.
     *
     * @param forward whether the upstream must be asked even if ECR's last check is younger than 24 hours
     */
    Brought bring(Job job, Tagged image, boolean forward) throws WarmFailedException {
        Optional<TaggedImage> known = ports.records().tagged(image);
        CachedManifest manifest = get(image);
        boolean checked = wasChecked(job, manifest, known);
        if (forward && !checked) {
            return forward(job, image, manifest);
        }
        Landed landed = verify(job, image, manifest);
        Brought brought = new Brought(
                landed,
                checked ? Optional.of(manifest.digest()) : Optional.empty(),
                Optional.of("it was served from the cache, and the upstream was not asked"));
        // whoever looks at what a user's pull has just imported asks nothing of the upstream
        return job.order().reason() == WarmReason.MISSING_PLATFORM ? brought : compared(job, image, brought);
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

    /** ECR asks the upstream only when it has to: a fresh tag was served from the cache, and its check is as old as before. */
    private static boolean wasChecked(Job job, CachedManifest manifest, Optional<TaggedImage> known) {
        boolean same = known.flatMap(TaggedImage::digest)
                .filter(manifest.digest()::equals)
                .isPresent();
        boolean fresh = known.flatMap(TaggedImage::checkedAt)
                .filter(at -> job.start().isBefore(at.plus(Freshness.FRESH_FOR)))
                .isPresent();
        return !same || !fresh;
    }

    /** The tag stays as it is unless the upstream says that it points elsewhere. */
    private Brought forward(Job job, Tagged image, CachedManifest manifest) throws WarmFailedException {
        Digest said = look.at(job.upstream(), image);
        if (said.equals(manifest.digest())) {
            return new Brought(verify(job, image, manifest), Optional.empty(), Optional.empty());
        }
        CachedManifest after = refresh.forward(job, image, manifest, said);
        return moved(verify(job, image, after), said);
    }

    private Brought compared(Job job, Tagged image, Brought brought) throws WarmFailedException {
        Digest digest = brought.landed().manifest().digest();
        Digest said;
        try {
            said = look.at(job.upstream(), image);
        } catch (WarmFailedException e) {
            return unverified(brought, "the upstream did not say: " + e.failure());
        }
        if (said.equals(digest)) {
            return new Brought(brought.landed(), brought.moved(), Optional.empty());
        }
        if (brought.moved().isEmpty()) {
            return unverified(brought, "ECR served it from the cache; the upstream has " + said + " by now");
        }
        if (!pays(job.upstream(), brought)) {
            return unverified(
                    brought,
                    "the upstream moved the tag to " + said + " in the middle of the import, and its budget does not"
                            + " pay for another");
        }
        CachedManifest after = refresh.forward(job, image, brought.landed().manifest(), said);
        return moved(verify(job, image, after), said);
    }

    private boolean pays(Upstream upstream, Brought brought) {
        return ports.purse()
                .payImport(upstream, brought.landed().manifest(), ports.clock().instant());
    }

    private static Brought moved(Landed landed, Digest said) {
        Digest digest = landed.manifest().digest();
        return new Brought(
                landed,
                Optional.of(digest),
                said.equals(digest)
                        ? Optional.empty()
                        : Optional.of("the upstream keeps moving the tag: it said " + said + " before this came"));
    }

    private static Brought unverified(Brought brought, String why) {
        return new Brought(brought.landed(), brought.moved(), Optional.of(why));
    }

    private Landed verify(Job job, Tagged image, CachedManifest manifest) throws WarmFailedException {
        return verification.verify(image.repository(), manifest, job.order().platforms(), job.landing());
    }
}
