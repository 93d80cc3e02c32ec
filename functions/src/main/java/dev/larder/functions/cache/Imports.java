package dev.larder.functions.cache;

import dev.larder.config.Upstream;
import dev.larder.domain.image.KeepTag;
import dev.larder.domain.upstream.Failure;
import dev.larder.domain.usage.EventHash;
import dev.larder.domain.usage.Fact.Sync;
import dev.larder.events.PullThroughCacheAction;
import dev.larder.events.WarmOrder;
import dev.larder.events.WarmReason;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.Platform;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.bus.WarmOrders;
import dev.larder.functions.table.ImageRecords;
import dev.larder.functions.table.StoredManifest;
import dev.larder.functions.table.TagMoves;
import dev.larder.functions.table.TaggedImage;
import dev.larder.functions.upstream.UpstreamHealth;
import dev.larder.functions.warm.Upstreams;
import dev.larder.functions.warm.WarmLeases;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Takes in what an import tells: the tag's digest, how the upstream is doing, and whether a client had to wait for it. */
public final class Imports {
    private final ImageRecords images;
    private final TagMoves moves;
    private final Trips trips;
    private final WarmLeases leases;
    private final UpstreamHealth health;
    private final WarmOrders orders;
    private final List<Platform> platforms;

    /**
     * Takes the ports.
     *
     * @param platforms those to keep warm
     */
    public Imports(
            ImageRecords images,
            Trips trips,
            WarmLeases leases,
            UpstreamHealth health,
            WarmOrders orders,
            List<Platform> platforms) {
        this.images = images;
        this.moves = new TagMoves(images);
        this.trips = trips;
        this.leases = leases;
        this.health = health;
        this.orders = orders;
        this.platforms = List.copyOf(platforms);
    }

    /**
     * ECR went upstream, and the image is there.
     *
     * @return whether it was for a client's pull; a second delivery of the event says so, too
     */
    public boolean succeeded(PullThroughCacheAction.Succeeded event, Upstream upstream) {
        Instant time = event.envelope().time();
        health.told(upstream.prefix(), time);
        if (event.tag().isEmpty()) {
            return false;
        }
        Tagged image = new Tagged(event.repository(), event.tag().get());
        event.digest().ifPresent(digest -> moves.to(image, digest, time));
        if (leases.heldAt(image, time)) {
            return false;
        }
        event.digest()
                .filter(digest ->
                        isUnread(image.repository(), digest) && Upstreams.allows(upstream, image.repository()))
                .ifPresent(digest -> orders.send(List.of(read(image, event))));
        trips.log(new Sync(image, EventHash.of(event.envelope().id()), time, Optional.empty()));
        return true;
    }

    /** ECR went upstream, and the image did not come. What it served then is what it had (ecr-facts 2.4). */
    public void failed(PullThroughCacheAction.Failed event, Upstream upstream) {
        String code = event.failureCode().orElse(event.syncStatus());
        Failure told = Failure.classify(code, event.failureReason().orElse("ECR gave no reason"));
        Failure failure = upstream.credentials().isPresent() ? told : told.withoutLogin();
        Instant time = event.envelope().time();
        Optional<Tagged> of = event.tag().map(tag -> new Tagged(event.repository(), tag));
        health.failed(upstream.prefix(), name(event), failure, time);
        of.ifPresent(image -> images.checkFailed(image, "ECR could not check it at " + time + ": " + failure, time));
        of.filter(image -> !leases.heldAt(image, time))
                .ifPresent(image ->
                        trips.log(new Sync(image, EventHash.of(event.envelope().id()), time, Optional.of(code))));
    }

    private static String name(PullThroughCacheAction.Failed event) {
        RepositoryName repository = event.repository();
        return event.tag()
                .<ImageReference>map(tag -> new Tagged(repository, tag))
                .or(() -> event.digest().map(digest -> new Digested(repository, digest)))
                .map(ImageReference::toString)
                .orElse(repository.value());
    }

    /**
     * An image has the tag, by a push or a replication. Only news counts: that a tag which is known to point at this digest
     * was pushed says nothing of the upstream, and Larder itself pushes tags back. Keep tags are nobody's image.
     */
    public void pushed(Tagged image, Digest digest, Instant time) {
        if (KeepTag.is(image.tag())) {
            return;
        }
        boolean known = images.tagged(image)
                .flatMap(TaggedImage::digest)
                .filter(digest::equals)
                .isPresent();
        if (!known) {
            moves.to(image, digest, time);
        }
    }

    /** Whether nobody knows yet what the manifest is, and so which digests are part of a pull of its tag. */
    private boolean isUnread(RepositoryName repository, Digest digest) {
        return images.manifest(repository, digest)
                .flatMap(StoredManifest::mediaType)
                .isEmpty();
    }

    /** Reads the image and sees to its platforms. ECR has just checked it, so this asks nothing of the upstream. */
    private WarmOrder read(Tagged image, PullThroughCacheAction event) {
        return WarmOrder.atOnce(
                event.envelope().id() + "/" + image,
                image,
                WarmReason.MISSING_PLATFORM,
                platforms,
                false,
                event.envelope().time());
    }
}
