package dev.larder.functions.warm;

import dev.larder.domain.upstream.Failure;
import dev.larder.domain.upstream.FailureKind;
import dev.larder.domain.warming.Deferral;
import dev.larder.events.WarmOrder;
import dev.larder.events.WarmReason;
import dev.larder.functions.warm.WarmEnding.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Says when an order comes again that was not carried out. What the planner orders is dropped, since the next plan orders it
 * anew if it is still worth it, and an upstream that is out must not fill the queue. What people order comes later, by a new
 * message and not by the queue's own redelivery, of which there are three; when it is too old for that, or when somebody has to
 * mend something first, the queue delivers it again until it is a dead letter, which can be redriven.
 */
final class Postponing {
    /** Layers on their way come soon; what another order is at, as well. */
    private static final Set<FailureKind> SOON = EnumSet.of(FailureKind.INCOMPLETE, FailureKind.BUSY);

    /** What an operator can mend, and no waiting does. */
    private static final Set<FailureKind> MENDED_BY_PEOPLE =
            EnumSet.of(FailureKind.CREDENTIALS, FailureKind.ACCESS, FailureKind.ECR_QUOTA);

    /** Nothing was tried, so that waiting costs nothing. */
    private static final Set<FailureKind> UNTRIED = EnumSet.of(FailureKind.BUDGET_SPENT, FailureKind.CIRCUIT_OPEN);

    private final WarmPorts ports;

    Postponing(WarmPorts ports) {
        this.ports = ports;
    }

    /**
     * What becomes of an order.
     *
     * @param pause after which it is to be sent again; absent when it is not
     */
    record Decision(Outcome outcome, Optional<Duration> pause) {
        private static Decision of(Outcome outcome) {
            return new Decision(outcome, Optional.empty());
        }
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
        return WarmEnding.of(sent(order, failed(order, failure)), failure);
    }

    Decision failed(WarmOrder order, Failure failure) {
        if (isByPeople(order) && MENDED_BY_PEOPLE.contains(failure.kind())) {
            return Decision.of(Outcome.AGAIN);
        }
        if (!failure.kind().retryable()) {
            return Decision.of(Outcome.FAILED);
        }
        if (failure.kind() == FailureKind.UNKNOWN) {
            return Decision.of(Outcome.AGAIN);
        }
        if (order.reason().isPlanned() && !SOON.contains(failure.kind())) {
            return Decision.of(Outcome.FAILED);
        }
        Instant now = ports.clock().instant();
        return later(Deferral.pause(
                order.requestedAt(), oldest(order, failure), now, ports.random().getAsDouble()));
    }

    /** The upstream is not asked before a time. */
    Decision until(WarmOrder order, Failure failure, Instant time) {
        Instant now = ports.clock().instant();
        return order.reason().isPlanned()
                ? failed(order, failure)
                : later(Deferral.pauseUntil(
                        time,
                        order.requestedAt(),
                        oldest(order, failure),
                        now,
                        ports.random().getAsDouble()));
    }

    private static boolean isByPeople(WarmOrder order) {
        return order.reason() == WarmReason.MANUAL || order.reason() == WarmReason.UNDO;
    }

    private static Duration oldest(WarmOrder order, Failure failure) {
        if (isByPeople(order) && UNTRIED.contains(failure.kind())) {
            return Deferral.UNTRIED_GIVEN_UP;
        }
        return order.reason() == WarmReason.UNDO ? Deferral.UNDO_GIVEN_UP : Deferral.GIVEN_UP;
    }

    private static Decision later(Optional<Duration> pause) {
        return new Decision(pause.isPresent() ? Outcome.LATER : Outcome.AGAIN, pause);
    }

    /**
     * Sends the order again if it is to come later. Do this last: when anything after it fails, the queue delivers the order
     * that failed as well, and there are two.
     */
    Outcome sent(WarmOrder order, Decision decision) {
        decision.pause().ifPresent(pause -> ports.queue().later(order, pause));
        return decision.outcome();
    }
}
