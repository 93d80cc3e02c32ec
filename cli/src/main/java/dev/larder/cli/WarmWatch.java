package dev.larder.cli;

import dev.larder.cli.WarmStep.Failed;
import dev.larder.cli.WarmStep.Importing;
import dev.larder.cli.WarmStep.Landed;
import dev.larder.cli.WarmStep.Waiting;
import dev.larder.cli.WarmStep.Warm;
import dev.larder.domain.upstream.Failure;
import dev.larder.domain.upstream.FailureKind;
import dev.larder.events.WarmOrder;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.Platform;
import dev.larder.functions.table.ImageRecords;
import dev.larder.functions.table.TaggedImage;
import dev.larder.functions.warm.DoneOrders;
import dev.larder.functions.warm.WarmEnding;
import dev.larder.functions.warm.WarmLeases;
import dev.larder.functions.warm.WarmProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Watches one order, and tells each of its steps once. */
final class WarmWatch {
    /** The record is written a moment before the worker's ending, and a worker may die in between. */
    private static final int LOOKS_FOR_ENDING = 5;

    private final WarmOrder order;
    private final List<Platform> named;
    private final WarmLeases leases;
    private final ImageRecords images;
    private final DoneOrders done;
    private final Set<Platform> landed = new HashSet<>();
    private Optional<Instant> attempt = Optional.empty();
    private Optional<WarmEnding> told = Optional.empty();
    private int unended;
    private boolean over;
    private boolean warm;

    /** @param named the platforms without which the image is not what someone asked for */
    WarmWatch(WarmOrder order, List<Platform> named, WarmLeases leases, ImageRecords images) {
        this.order = order;
        this.named = List.copyOf(named);
        this.leases = leases;
        this.images = images;
        this.done = new DoneOrders(leases, images);
    }

    WarmOrder order() {
        return order;
    }

    /** Whether there is nothing more to see. */
    boolean isOver() {
        return over;
    }

    boolean isWarm() {
        return warm;
    }

    /** What is new since the last look. */
    List<WarmStep> look() {
        List<WarmStep> steps = new ArrayList<>();
        Optional<WarmProgress> own =
                leases.progress(order.image()).filter(lease -> lease.orderId().equals(order.orderId()));
        own.ifPresent(lease -> progress(lease, steps));
        if (!over && done.isDone(order) && !isEnding(own)) {
            over = true;
            List<Platform> absent = absent();
            warm = absent.isEmpty();
            steps.add(warm ? warm(own) : new Failed(order, lacks(absent)));
        }
        return steps;
    }

    private boolean isEnding(Optional<WarmProgress> own) {
        return own.filter(lease -> lease.ending().isEmpty()).isPresent() && unended++ < LOOKS_FOR_ENDING;
    }

    private Warm warm(Optional<WarmProgress> own) {
        return new Warm(
                order,
                digest(order.image()),
                images.warmth(order.image()).unverified(),
                own.map(lease -> Duration.between(lease.from(), lease.until()))
                        .filter(took -> own.flatMap(WarmProgress::ending).isPresent()));
    }

    /** An image without an index does not say what it runs on, so it is taken to be what is wanted. */
    private List<Platform> absent() {
        List<Platform> offered = named.isEmpty() ? List.of() : done.platforms(order.image());
        return named.stream()
                .filter(platform -> !offered.isEmpty() && offered.stream().noneMatch(platform::accepts))
                .toList();
    }

    private Failure lacks(List<Platform> absent) {
        return new Failure(
                FailureKind.NOT_FOUND,
                "PlatformNotFound",
                "the image is in the cache, and the upstream does not have it for " + absent + ", only for "
                        + done.platforms(order.image()));
    }

    private void progress(WarmProgress lease, List<WarmStep> steps) {
        if (!attempt.equals(Optional.of(lease.from()))) {
            attempt = Optional.of(lease.from());
            told = Optional.empty();
            steps.add(new Importing(order));
        }
        lease.landed().stream()
                .sorted()
                .filter(landed::add)
                .forEach(platform -> steps.add(new Landed(order, platform)));
        if (!told.equals(lease.ending())) {
            told = lease.ending();
            lease.ending()
                    .flatMap(ending -> ending.failure().map(failure -> failed(ending, failure)))
                    .ifPresent(steps::add);
        }
    }

    private WarmStep failed(WarmEnding ending, Failure failure) {
        return switch (ending.outcome()) {
            case LATER -> new Waiting(order, failure);
            case AGAIN -> failure.kind().retryable() ? new Waiting(order, failure) : over(failure);
            case FAILED, WARMED, NOTHING_TO_DO -> over(failure);
        };
    }

    private Failed over(Failure failure) {
        over = true;
        return new Failed(order, failure);
    }

    private Optional<Digest> digest(ImageReference image) {
        return switch (image) {
            case Tagged tagged -> images.tagged(tagged).flatMap(TaggedImage::digest);
            case Digested digested -> Optional.of(digested.digest());
        };
    }
}
