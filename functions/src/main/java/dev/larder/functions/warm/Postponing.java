package dev.larder.functions.warm;

import dev.larder.domain.upstream.Failure;
import dev.larder.domain.upstream.FailureKind;
import dev.larder.domain.warming.Deferral;
import dev.larder.events.WarmOrder;
import dev.larder.functions.warm.WarmEnding.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Says when an order comes again that was not carried out. What the planner orders is dropped, since the next plan orders it
 * anew if it is still worth it, and an upstream that is out must not fill the queue. What people order comes later, by a new
 * message and not by the queue's own redelivery, of which there are three; when it is too old for that, the queue delivers it
 * again until it is a dead letter.
 */
final class Postponing {
    /** Layers on their way come soon; what another order is at, as well. */
    private static final Set<FailureKind> SOON = EnumSet.of(FailureKind.INCOMPLETE, FailureKind.BUSY);

    private final WarmPorts ports;

    Postponing(WarmPorts ports) {
        this.ports = ports;
    }

    /** Another order, or another delivery of this one, is at the image. */
    WarmEnding busy(WarmOrder order) {
        boolean same = ports.leases()
                .progress(order.image())
                .filter(lease -> lease.orderId().equals(order.orderId()))
                .isPresent();
        if (same || order.reason().isPlanned()) {
            return WarmEnding.of(Outcome.NOTHING_TO_DO);
        }
        Failure failure = new Failure(FailureKind.BUSY, "Busy", "another order is at " + order.image());
        return WarmEnding.of(failed(order, failure), failure);
    }

    Outcome failed(WarmOrder order, Failure failure) {
        if (!failure.kind().retryable()) {
            return Outcome.FAILED;
        }
        if (failure.kind() == FailureKind.UNKNOWN) {
            return Outcome.AGAIN;
        }
        if (order.reason().isPlanned() && !SOON.contains(failure.kind())) {
            return Outcome.FAILED;
        }
        Instant now = ports.clock().instant();
        return later(
                order, Deferral.pause(order.requestedAt(), now, ports.random().getAsDouble()));
    }

    /** The upstream is not asked before a time. */
    Outcome until(WarmOrder order, Failure failure, Instant time) {
        Instant now = ports.clock().instant();
        return order.reason().isPlanned()
                ? failed(order, failure)
                : later(
                        order,
                        Deferral.pauseUntil(
                                time, order.requestedAt(), now, ports.random().getAsDouble()));
    }

    private Outcome later(WarmOrder order, Optional<Duration> pause) {
        if (pause.isEmpty()) {
            return Outcome.AGAIN;
        }
        ports.queue().later(order, pause.get());
        return Outcome.LATER;
    }
}
