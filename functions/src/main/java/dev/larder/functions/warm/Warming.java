package dev.larder.functions.warm;

import dev.larder.config.Upstream;
import dev.larder.domain.upstream.Failure;
import dev.larder.domain.upstream.FailureKind;
import dev.larder.events.OwnEvent;
import dev.larder.events.WarmOrder;
import dev.larder.events.WarmReason;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.ecr.CacheException;
import dev.larder.functions.ecr.CachedManifest;
import dev.larder.functions.table.Warmth;
import dev.larder.functions.upstream.UpstreamGate;
import dev.larder.functions.warm.WarmEnding.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Carries out one warm order: import, verify, record, tell. Doing it twice is doing it once. */
public final class Warming {
    /** What says nothing of an image: nobody was asked for it. */
    private static final Set<FailureKind> UNTRIED = EnumSet.of(FailureKind.CIRCUIT_OPEN, FailureKind.BUSY);

    private final WarmPorts ports;
    private final TagWarming tags;
    private final DigestWarming digests;
    private final WarmRecord record;
    private final Postponing postponing;
    private final DoneOrders done;

    /** Takes the ports. */
    public Warming(WarmPorts ports) {
        this.ports = ports;
        this.tags = new TagWarming(ports);
        this.digests = new DigestWarming(ports, tags);
        this.record = new WarmRecord(ports);
        this.postponing = new Postponing(ports);
        this.done = new DoneOrders(ports.leases(), ports.records());
    }

    /** Carries out the order, which nobody paid for. */
    public WarmEnding carryOut(WarmOrder order) {
        return carryOut(order, OrderAccount.AFTERWARDS);
    }

    /** Carries out the order. */
    public WarmEnding carryOut(WarmOrder order, OrderAccount account) {
        Instant start = ports.clock().instant();
        if (order.notBefore().isAfter(start)) {
            ports.queue().later(order, Duration.between(start, order.notBefore()));
            return WarmEnding.of(Outcome.LATER);
        }
        boolean leftOff =
                !order.reason().isPlanned() && ports.off().of(order.orderId()).isPresent();
        if (!leftOff && done.isDone(order)) {
            return WarmEnding.of(Outcome.NOTHING_TO_DO);
        }
        if (!ports.leases().acquire(order.image(), order.orderId(), start)) {
            return postponing.busy(order);
        }
        WarmEnding ending = null;
        try {
            ending = attempt(order, account, start);
            return ending;
        } finally {
            if (ending == null) {
                ports.leases()
                        .release(order.image(), order.orderId(), ports.clock().instant());
            } else {
                ports.leases()
                        .release(
                                order.image(),
                                order.orderId(),
                                ending,
                                ports.clock().instant());
            }
        }
    }

    private WarmEnding attempt(WarmOrder order, OrderAccount account, Instant start) {
        if (!order.reason().isPlanned()) {
            try {
                tags.restore(order);
            } catch (WarmFailedException e) {
                return failed(order, e.failure());
            }
        }
        Optional<Upstream> upstream =
                ports.upstreams().of(order.image().repository()).filter(allowing -> isAllowed(allowing, order));
        if (upstream.isEmpty()) {
            return failed(
                    order,
                    new Failure(
                            FailureKind.NOT_ALLOWED,
                            "NotAllowed",
                            order.image().repository() + " is under no upstream, or not in its allow-list"));
        }
        Job job = new Job(
                order,
                upstream.get(),
                start,
                account,
                false,
                platforms -> ports.leases().landed(order.image(), order.orderId(), platforms));
        try {
            return warm(job);
        } catch (WarmFailedException e) {
            return blamed(job, e.failure());
        } catch (CacheException e) {
            return blamed(job, e.failure());
        }
    }

    /** The allow-list says what Larder warms. What it evicted a user had cached, and it comes back whatever that says. */
    private static boolean isAllowed(Upstream upstream, WarmOrder order) {
        return order.reason() == WarmReason.UNDO
                || Upstreams.allows(upstream, order.image().repository());
    }

    private WarmEnding warm(Job job) throws WarmFailedException {
        ImageReference image = job.order().image();
        if (image instanceof Tagged tagged && job.account().looks()) {
            // what is gone or due for a check the next plan knows, and pays for
            Optional<Brought> cached = tags.cached(job, tagged);
            return cached.isPresent() ? found(job, cached.get()) : WarmEnding.of(Outcome.NOTHING_TO_DO);
        }
        if (image instanceof Digested digested) {
            Optional<Brought> cached = digests.cached(job, digested);
            if (cached.isPresent()) {
                return found(job, cached.get());
            }
            if (job.order().reason().isPlanned() && digests.wasThere(job, digested)) {
                // it was ordered at the price of a look; the next plan knows that it is gone, and pays for an import
                return WarmEnding.of(Outcome.NOTHING_TO_DO);
            }
        }
        try (UpstreamGate.Passage passage = ports.gate()
                .enter(
                        job.upstream().prefix(),
                        job.order().image().toString(),
                        job.order().orderId())) {
            if (passage.shutUntil().isPresent()) {
                return shut(job, passage.shutUntil().get());
            }
            return asked(job.probing(passage.probe()));
        }
    }

    /** What a plan had looked for, and is where it was, is news for the record alone. */
    private WarmEnding found(Job job, Brought brought) {
        ImageReference image = job.order().image();
        Warmth before = ports.records().warmth(image);
        boolean known = before.warmedAt().isPresent() && before.lastFailureAt().isEmpty();
        if (!known || !job.order().reason().isPlanned()) {
            return warmed(job, brought);
        }
        Instant now = ports.clock().instant();
        record.brought(image, brought, now);
        ports.records().warmed(image, brought.unverified(), now);
        return WarmEnding.of(Outcome.NOTHING_TO_DO);
    }

    /** What comes of it is known of the upstream before the probe is over. */
    private WarmEnding asked(Job job) {
        Instant asked = ports.clock().instant();
        try {
            Brought brought = switch (job.order().image()) {
                case Tagged tagged -> tags.bring(job, tagged, job.order().refresh());
                case Digested digested -> digests.bring(job, digested);
            };
            WarmEnding ending = warmed(job, brought);
            if (brought.answered()) {
                ports.health().succeeded(job.upstream().prefix(), asked);
            }
            return ending;
        } catch (WarmFailedException e) {
            if (job.probe() && isAnswer(job, own(job, e.failure()))) {
                ports.health().succeeded(job.upstream().prefix(), asked);
            }
            return blamed(job, e.failure());
        } catch (CacheException e) {
            return blamed(job, e.failure());
        }
    }

    /** An upstream that says what it does not have, or does not give us, works. */
    private static boolean isAnswer(Job job, Failure failure) {
        return job.order().image() instanceof Tagged
                && (failure.kind() == FailureKind.NOT_FOUND || failure.kind() == FailureKind.DENIED);
    }

    private WarmEnding warmed(Job job, Brought brought) {
        WarmOrder order = job.order();
        Landed landed = brought.landed();
        if (!landed.absent().isEmpty()) {
            System.out.println(order.image() + " is warm, but not for " + landed.absent() + ": the upstream has it for "
                    + landed.platforms());
        }
        if (order.reason() == WarmReason.UNDO) {
            signatures(order.image().repository(), landed.manifest());
        }
        Instant now = ports.clock().instant();
        record.brought(order.image(), brought, now);
        // before the record says so: an order that comes again is done then, and would tell nobody
        ports.bus()
                .publish(List.of(new OwnEvent.ImageWarmed(
                        order.orderId(),
                        order.image(),
                        landed.manifest().digest(),
                        order.reason(),
                        landed.platforms().stream().sorted().toList(),
                        landed.absent(),
                        landed.sizeBytes().stream().boxed().findFirst(),
                        brought.unverified(),
                        Duration.between(job.start(), now),
                        now)));
        ports.records().warmed(order.image(), brought.unverified(), now);
        boolean asked = order.refresh() && !order.reason().isPlanned();
        return new WarmEnding(Outcome.WARMED, brought.behind().filter(why -> asked));
    }

    /**
     * What refers to an image went with it, and no tag leads to it: it comes when ECR is asked for it. The image is there
     * without, so that a failure is told and no more.
     */
    private void signatures(RepositoryName repository, CachedManifest manifest) {
        Stream<Digest> subjects = Stream.concat(
                Stream.of(manifest.digest()), manifest.children().stream().map(CachedManifest.Child::digest));
        for (Digest subject : subjects.toList()) {
            try {
                Set<Digest> referrers = ports.cache().referrers(repository, subject);
                if (!referrers.isEmpty()) {
                    System.out.println(repository + "@" + subject + " is referred to by " + referrers);
                }
            } catch (CacheException e) {
                System.out.println("signatures and whatever else refers to " + repository + "@" + subject
                        + " may be missing: " + e.getMessage());
                return;
            }
        }
    }

    /** Where there is no login of ours none can be wrong. */
    private static Failure own(Job job, Failure cause) {
        return job.upstream().credentials().isPresent() ? cause : cause.withoutLogin();
    }

    /** What the upstream is to blame for counts against its circuit. */
    private WarmEnding blamed(Job job, Failure cause) {
        Upstream upstream = job.upstream();
        Failure failure = own(job, cause);
        ports.health()
                .failed(
                        upstream.prefix(),
                        job.order().image().toString(),
                        failure,
                        ports.clock().instant());
        return failed(job.order(), failure);
    }

    private WarmEnding shut(Job job, Instant until) {
        Failure failure = new Failure(
                FailureKind.CIRCUIT_OPEN,
                "CircuitOpen",
                "the upstream " + job.upstream().prefix() + " failed lately; it is not asked before " + until);
        return told(job.order(), failure, postponing.until(job.order(), failure, until));
    }

    private WarmEnding failed(WarmOrder order, Failure failure) {
        return told(order, failure, postponing.failed(order, failure));
    }

    private WarmEnding told(WarmOrder order, Failure failure, Postponing.Decision decision) {
        Instant now = ports.clock().instant();
        if (!UNTRIED.contains(failure.kind()) && decision.outcome() != Outcome.LATER) {
            ports.records().warmFailed(order.image(), failure, now);
        }
        ports.bus()
                .publish(List.of(new OwnEvent.ImageWarmFailed(
                        order.orderId(),
                        order.image(),
                        order.reason(),
                        failure.code(),
                        failure.reason(),
                        failure.kind().retryable(),
                        now)));
        return WarmEnding.of(postponing.sent(order, decision), failure);
    }
}
