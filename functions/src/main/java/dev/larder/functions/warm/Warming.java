package dev.larder.functions.warm;

import dev.larder.config.Upstream;
import dev.larder.domain.upstream.Circuit;
import dev.larder.domain.upstream.Failure;
import dev.larder.domain.upstream.FailureKind;
import dev.larder.domain.warming.Candidates;
import dev.larder.events.OwnEvent;
import dev.larder.events.WarmOrder;
import dev.larder.events.WarmReason;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.functions.bus.EventBus;
import dev.larder.functions.ecr.CacheException;
import dev.larder.functions.ecr.CachedManifest;
import dev.larder.functions.ecr.ImageCache;
import dev.larder.functions.table.ImageRecords;
import dev.larder.functions.table.StoredManifest;
import dev.larder.functions.table.TagMoves;
import dev.larder.functions.table.TaggedImage;
import dev.larder.functions.upstream.UpstreamHealth;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Carries out one warm order: import, verify, record, tell. Doing it twice is doing it once. */
public final class Warming {
    /** What became of an order. */
    public enum Outcome {
        /** The image is warm. */
        WARMED,
        /** There was nothing to do: done already, or someone else is at it. */
        NOTHING_TO_DO,
        /** It failed, and this order need not come again: it would not help, or the next plan orders anew. */
        FAILED,
        /** It failed, and the order should come again. */
        AGAIN
    }

    private final Upstreams upstreams;
    private final ImageCache cache;
    private final ImageRecords records;
    private final WarmLeases leases;
    private final UpstreamHealth health;
    private final EventBus bus;
    private final Verification verification;
    private final InstantSource clock;

    /** Takes the ports. */
    public Warming(
            Upstreams upstreams,
            ImageCache cache,
            ImageRecords records,
            WarmLeases leases,
            UpstreamHealth health,
            EventBus bus,
            Pause pause,
            InstantSource clock) {
        this.upstreams = upstreams;
        this.cache = cache;
        this.records = records;
        this.leases = leases;
        this.health = health;
        this.bus = bus;
        this.verification = new Verification(cache, pause);
        this.clock = clock;
    }

    /** Carries out the order. */
    public Outcome carryOut(WarmOrder order) {
        Optional<Upstream> upstream = upstreams
                .of(order.image().repository())
                .filter(allowing -> Upstreams.allows(allowing, order.image().repository()));
        if (upstream.isEmpty()) {
            return failed(
                    order,
                    new Failure(
                            FailureKind.NOT_ALLOWED,
                            "NotAllowed",
                            order.image().repository() + " is under no upstream, or not in its allow-list"));
        }
        Optional<TaggedImage> known = tagged(order.image());
        boolean done = records.warmth(order.image())
                .warmedAt()
                .filter(at -> !at.isBefore(order.notBefore()))
                .isPresent();
        Instant start = clock.instant();
        if (done || !leases.acquire(order.image(), order.orderId(), start)) {
            return Outcome.NOTHING_TO_DO;
        }
        try {
            return warm(order, upstream.get().prefix(), known, start);
        } finally {
            leases.release(order.image(), order.orderId(), clock.instant());
        }
    }

    private Outcome warm(WarmOrder order, String prefix, Optional<TaggedImage> known, Instant start) {
        if (health.phase(prefix, start) == Circuit.Phase.OPEN) {
            return failed(
                    order,
                    new Failure(FailureKind.CIRCUIT_OPEN, "CircuitOpen", "the upstream " + prefix + " failed lately"));
        }
        try {
            Optional<Digest> digest = known.flatMap(TaggedImage::digest);
            CachedManifest manifest = switch (order.image()) {
                case Tagged tagged -> order.refresh() ? new TagRefresh(cache).refresh(tagged, digest) : get(tagged);
                case Digested digested -> cached(digested);
            };
            Landed landed = verification.verify(order.image().repository(), manifest, order.platforms());
            if (!landed.absent().isEmpty()) {
                System.out.println(order.image() + " is warm, but not for " + landed.absent()
                        + ": the upstream has it for " + landed.platforms());
            }
            Instant now = clock.instant();
            Optional<String> unverified = Optional.of("the upstream was not asked");
            record(order, landed, known, start, now);
            records.warmed(order.image(), unverified, now);
            health.succeeded(prefix, now);
            bus.publish(List.of(new OwnEvent.ImageWarmed(
                    order.orderId(),
                    order.image(),
                    manifest.digest(),
                    order.reason(),
                    landed.platforms().stream().sorted().toList(),
                    Optional.of(landed.sizeBytes()),
                    unverified,
                    Duration.between(start, now),
                    now)));
            return Outcome.WARMED;
        } catch (WarmFailedException e) {
            health.failed(prefix, e.failure(), clock.instant());
            return failed(order, e.failure());
        } catch (CacheException e) {
            health.failed(prefix, e.failure(), clock.instant());
            return failed(order, e.failure());
        }
    }

    private Optional<TaggedImage> tagged(ImageReference image) {
        return switch (image) {
            case Tagged tagged -> records.tagged(tagged);
            case Digested digested -> Optional.empty();
        };
    }

    private CachedManifest cached(Digested image) throws WarmFailedException {
        CachedManifest manifest =
                cache.manifests(image.repository(), List.of(image.digest())).get(image.digest());
        if (manifest == null) {
            throw new WarmFailedException(new Failure(
                    FailureKind.NOT_FOUND, "NotCached", image + " is not cached, and ECR imports nothing by digest"));
        }
        return manifest;
    }

    private CachedManifest get(Tagged image) throws WarmFailedException {
        return switch (cache.get(image)) {
            case ImageCache.Answer.Found(CachedManifest manifest) -> manifest;
            case ImageCache.Answer.Refused(Failure failure) -> throw new WarmFailedException(failure);
        };
    }

    private void record(WarmOrder order, Landed landed, Optional<TaggedImage> known, Instant start, Instant now) {
        CachedManifest manifest = landed.manifest();
        records.describe(new StoredManifest(
                new Digested(order.image().repository(), manifest.digest()),
                Optional.of(manifest.mediaType()),
                landed.children(),
                landed.platforms(),
                OptionalLong.of(landed.sizeBytes()),
                Optional.empty()));
        if (!manifest.children().isEmpty()) {
            records.lists(new Digested(order.image().repository(), manifest.digest()), manifest.platforms());
        }
        if (order.image() instanceof Tagged tagged && wasChecked(order, manifest, known, start)) {
            new TagMoves(records).to(tagged, manifest.digest(), now);
        }
    }

    /** ECR asks the upstream only when it has to: a fresh tag was served from the cache, and its check is as old as before. */
    private static boolean wasChecked(
            WarmOrder order, CachedManifest manifest, Optional<TaggedImage> known, Instant start) {
        boolean same = known.flatMap(TaggedImage::digest)
                .filter(manifest.digest()::equals)
                .isPresent();
        boolean fresh = known.flatMap(TaggedImage::checkedAt)
                .filter(at -> start.isBefore(at.plus(Candidates.FRESH_FOR)))
                .isPresent();
        return order.refresh() || !same || !fresh;
    }

    private Outcome failed(WarmOrder order, Failure failure) {
        if (failure.kind().imagesOwn()) {
            records.warmFailed(order.image(), failure, clock.instant());
        }
        bus.publish(List.of(new OwnEvent.ImageWarmFailed(
                order.orderId(),
                order.image(),
                order.reason(),
                failure.code(),
                failure.reason(),
                failure.kind().retryable(),
                clock.instant())));
        boolean nextPlanDoes = failure.kind() == FailureKind.CIRCUIT_OPEN && isPlanned(order.reason());
        return failure.kind().retryable() && !nextPlanDoes ? Outcome.AGAIN : Outcome.FAILED;
    }

    /** While an upstream is out, what the planner orders anyway need not fill the queue, and then the dead-letter queue. */
    private static boolean isPlanned(WarmReason reason) {
        return switch (reason) {
            case PINNED, TRACKED, POPULAR, STALE, SUCCESSOR, WANTED_ELSEWHERE, FAILED_PULL, EVICTED_TOO_EARLY -> true;
            case UNDO, MANUAL, MISSING_PLATFORM -> false;
        };
    }
}
