package dev.larder.functions.warm;

import dev.larder.domain.upstream.Failure;
import dev.larder.domain.upstream.FailureKind;
import dev.larder.events.WarmReason;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.Tag;
import dev.larder.functions.ecr.CachedManifest;
import dev.larder.functions.table.TaggedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Warms an image by digest. ECR does not import what it has never seen when asked by digest (ecr-facts 2.2), so a tag that
 * points at it, or at an index that lists it, is warmed. What is there then by this digest is what the upstream had. Who
 * undoes an eviction wants the tag back as well, whatever it points at by now.
 */
public final class DigestWarming {
    /** How many tags the upstream is asked for at most. */
    private static final int LOOKS = 8;

    private final WarmPorts ports;
    private final TagLook look;
    private final TagWarming tags;
    private final Presence presence;
    private final Verification verification;

    DigestWarming(WarmPorts ports, TagWarming tags) {
        this.ports = ports;
        this.look = new TagLook(ports);
        this.tags = tags;
        this.presence = new Presence(ports);
        this.verification = new Verification(ports.cache(), ports.pause());
    }

    /** What is in the cache already, by asking nothing of the upstream; none when it is not, or a tag is wanted and is not. */
    Optional<Brought> cached(Job job, Digested image) throws WarmFailedException {
        boolean lacksTag = wantedTag(job)
                .filter(tag -> ports.records()
                        .tagged(new Tagged(image.repository(), tag))
                        .flatMap(TaggedImage::digest)
                        .isEmpty())
                .isPresent();
        return lacksTag ? Optional.empty() : byDigest(job, image);
    }

    private static Optional<Tag> wantedTag(Job job) {
        return job.order().by().filter(tag -> job.order().reason() == WarmReason.UNDO);
    }

    private Optional<Brought> byDigest(Job job, Digested image) throws WarmFailedException {
        CachedManifest manifest = ports.cache()
                .manifests(image.repository(), List.of(image.digest()))
                .get(image.digest());
        if (manifest == null) {
            return Optional.empty();
        }
        Landed landed =
                verification.verify(image.repository(), manifest, job.order().platforms(), job.landing());
        return Optional.of(new Brought(landed, Optional.empty(), Optional.empty(), false));
    }

    /**
     * Whether the record has the image, which is not in the cache: that it left went unnoticed, and is known now.
     *
     * @throws WarmFailedException when an index is there that lists it: by way of a tag nothing more would come
     */
    boolean wasThere(Job job, Digested image) throws WarmFailedException {
        List<Digest> recorded = presence.recorded(image);
        Set<Digest> there = presence.of(image.repository(), recorded, job.start());
        if (!there.isEmpty()) {
            throw new WarmFailedException(new Failure(
                    FailureKind.NOT_FOUND,
                    "NotWithItsIndex",
                    "the index " + there.iterator().next() + " lists " + image
                            + ", and ECR has the index without it. Delete the index, so that it is imported anew"));
        }
        return !recorded.isEmpty();
    }

    /** Has it imported by way of a tag. */
    Brought bring(Job job, Digested image) throws WarmFailedException {
        TagsOfDigest known = TagsOfDigest.of(
                job.order(),
                image,
                ports.records().tagging(image.repository()),
                ports.tags().of(image.repository()));
        List<String> said = new ArrayList<>();
        Optional<Failure> passing = Optional.empty();
        Optional<Failure> notDue = Optional.empty();
        Optional<Failure> out = Optional.empty();
        for (Tag tag : known.likely().subList(0, Math.min(LOOKS, known.likely().size()))) {
            Tagged by = new Tagged(image.repository(), tag);
            try {
                Optional<Digest> digest =
                        comesWhateverItIs(job, by) ? Optional.empty() : Optional.of(look.at(job.upstream(), by));
                boolean mayListIt =
                        digest.filter(is -> !known.digests().contains(is)).isEmpty()
                                || job.order().by().filter(tag::equals).isPresent();
                Optional<Brought> brought = mayListIt ? byWayOf(job, image, by) : Optional.empty();
                if (brought.isPresent()) {
                    return brought.get();
                }
                notDue =
                        notDue.or(() -> digest.filter(known.digests()::contains).flatMap(leads -> notDue(image, by)));
                said.add(tag + " is " + digest.map(Digest::value).orElse("another image"));
            } catch (WarmFailedException e) {
                if (TagRefresh.isOff(e.failure())) {
                    throw e;
                }
                passing = e.failure().kind().retryable() ? Optional.of(e.failure()) : passing;
                said.add(tag + ": " + e.failure());
                if (isOut(e.failure().kind()) || waits(job, e.failure())) {
                    out = Optional.of(e.failure());
                    break;
                }
            }
        }
        Optional<Brought> there = wantedTag(job).isPresent() ? byDigest(job, image) : Optional.empty();
        if (there.isPresent()) {
            return there.get();
        }
        throw new WarmFailedException(Stream.of(out, passing, notDue)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(() -> notFound(image, said)));
    }

    /** A tag that was lost with its image, and is not in the cache. */
    private boolean comesWhateverItIs(Job job, Tagged by) {
        return wantedTag(job).filter(by.tag()::equals).isPresent()
                && ports.records().tagged(by).flatMap(TaggedImage::digest).isEmpty();
    }

    /** A tag that leads there is in the cache with another image, and may not be taken off: ECR itself will ask again. */
    private Optional<Failure> notDue(Digested image, Tagged by) {
        Optional<TaggedImage> tag = ports.records().tagged(by);
        return tag.flatMap(TaggedImage::digest)
                .map(is -> NotDue.failure(
                        by + " leads there, and is in the cache with " + is,
                        tag,
                        "./larder warm " + by + "@" + image.digest() + " " + NotDue.TAKE_OFF));
    }

    /** Whether it is not the turn of what is undone, by whatever tag. */
    private static boolean waits(Job job, Failure failure) {
        return job.order().reason() == WarmReason.UNDO && failure.kind() == FailureKind.BUDGET_SPENT;
    }

    /** Whether the upstream would fail for the other tags as well, so that they are not asked for. */
    private static boolean isOut(FailureKind kind) {
        return kind.upstreamsFault() || kind == FailureKind.NETWORK;
    }

    /** The tag's lease tells those who hear of the import that it is ours. */
    private Optional<Brought> byWayOf(Job job, Digested image, Tagged by) throws WarmFailedException {
        String orderId = job.order().orderId();
        if (!ports.leases().acquire(by, orderId, ports.clock().instant())) {
            throw new WarmFailedException(new Failure(
                    FailureKind.BUSY, "Busy", "another order is at " + by + ", by which " + image + " comes"));
        }
        try {
            Brought tag = tags.bring(job, by, true);
            new WarmRecord(ports).brought(by, tag, ports.clock().instant());
            if (wantedTag(job).filter(by.tag()::equals).isPresent()) {
                ports.records().warmed(by, tag.unverified(), ports.clock().instant());
            }
            return byDigest(job, image)
                    .map(brought -> new Brought(brought.landed(), tag.moved(), Optional.empty(), tag.answered()));
        } finally {
            ports.leases().release(by, orderId, ports.clock().instant());
        }
    }

    private static Failure notFound(Digested image, List<String> said) {
        return new Failure(
                FailureKind.NOT_FOUND,
                "NoTagOfDigest",
                "no tag is known to point at " + image + (said.isEmpty() ? "" : " (" + String.join("; ", said) + ")")
                        + ", and ECR imports nothing by digest. Name a tag that does: ./larder warm "
                        + image.repository() + ":TAG@" + image.digest() + ", or pin it so.");
    }
}
