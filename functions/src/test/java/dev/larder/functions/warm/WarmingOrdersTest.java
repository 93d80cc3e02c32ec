package dev.larder.functions.warm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.larder.domain.upstream.Failure;
import dev.larder.events.WarmOrder;
import dev.larder.events.WarmReason;
import dev.larder.functions.bus.RecordingOrders;
import dev.larder.functions.ecr.CachedManifest;
import dev.larder.functions.warm.WarmEnding.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Orders: when one is done already, waits, or comes again. */
class WarmingOrdersTest extends WarmingFixture {
    @Test
    void aSecondDeliveryOfTheSameOrderDoesNothing() {
        registry.publish(NGINX, "linux/amd64");
        WarmOrder order = order("1", WarmReason.STALE, true);
        carryOut(order);
        List<String> once = List.copyOf(registry.calls);
        assertEquals(Outcome.NOTHING_TO_DO, carryOut(order));
        assertEquals(once, registry.calls);
        assertEquals(1, bus.events().size());
    }

    @Test
    void anOrderToAskTheUpstreamIsNotDoneByOneThatDidNot() {
        registry.publish(NGINX, "linux/amd64");
        carryOut(order("1", WarmReason.PINNED, false));
        clock.advance(Duration.ofHours(1));
        WarmOrder refresh = order("2", WarmReason.MANUAL, true).takingTagOff();
        clock.advance(Duration.ofSeconds(1));
        assertEquals(Outcome.WARMED, carryOut(order("3", WarmReason.POPULAR, false)));
        CachedManifest moved = registry.publish(NGINX, "linux/amd64");
        assertEquals(Outcome.WARMED, carryOut(refresh));
        assertEquals(Optional.of(moved.digest()), registry.cached(NGINX));
        assertEquals(Outcome.NOTHING_TO_DO, carryOut(refresh));
    }

    @Test
    void anOrderForAPlatformIsNotDoneByOneForAnother() {
        CachedManifest index = registry.publish(NGINX, "linux/amd64", "linux/arm64");
        WarmOrder arm = order("1", WarmReason.MANUAL, "linux/arm64");
        assertEquals(Outcome.WARMED, carryOut(order("2", WarmReason.POPULAR, "linux/amd64")));
        clock.advance(Duration.ofSeconds(1));
        registry.missing.add(registry.content(index.children().getLast().digest())
                .blobs()
                .getLast()
                .digest());
        assertEquals(Outcome.LATER, carryOut(arm), "nobody has seen to its layers");
        registry.missing.clear();
        clock.advance(Duration.ofSeconds(30));
        assertEquals(Outcome.WARMED, carryOut(arm));
        assertEquals(Outcome.NOTHING_TO_DO, carryOut(arm));
    }

    @Test
    void anOrderForAllPlatformsIsDoneByOneForAllThatThereAre() {
        registry.publish(NGINX, "linux/amd64", "linux/arm64");
        WarmOrder all = order("1", WarmReason.MANUAL);
        WarmOrder more = order("2", WarmReason.PINNED, "linux/amd64", "linux/s390x");
        assertEquals(Outcome.WARMED, carryOut(order("3", WarmReason.POPULAR, "linux/amd64")));
        clock.advance(Duration.ofSeconds(1));
        assertEquals(Outcome.NOTHING_TO_DO, carryOut(more), "the upstream does not have the other");
        assertEquals(Outcome.WARMED, carryOut(all));
        clock.advance(Duration.ofSeconds(1));
        WarmOrder again = order("4", WarmReason.MANUAL);
        assertEquals(Outcome.WARMED, carryOut(order("5", WarmReason.POPULAR, "linux/amd64", "linux/arm64")));
        assertEquals(Outcome.NOTHING_TO_DO, carryOut(again));
    }

    @Test
    void aRefreshThatFailedIsNotDoneByWhatWasWarmedBeforeItTried() {
        registry.publish(NGINX, "linux/amd64");
        carryOut(order("1", WarmReason.PINNED, false));
        clock.advance(Duration.ofHours(1));
        WarmOrder refresh = order("2", WarmReason.MANUAL, true).takingTagOff();
        clock.advance(Duration.ofSeconds(5));
        carryOut(order("3", WarmReason.POPULAR, false));
        CachedManifest moved = registry.publish(NGINX, "linux/amd64");
        clock.advance(Duration.ofSeconds(26));
        upstreams.refusal = Optional.of(Failure.classify("UpstreamUnavailable", "503"));
        assertEquals(Outcome.LATER, carryOut(refresh));
        upstreams.refusal = Optional.empty();
        clock.advance(Duration.ofSeconds(49));
        assertEquals(Outcome.WARMED, carryOut(refresh));
        assertEquals(Optional.of(moved.digest()), registry.cached(NGINX));
    }

    @Test
    void aRefreshByHandIsDoneByAnImportAndNotByACheckOfEcrs() {
        registry.publish(NGINX, "linux/amd64");
        carryOut(order("1", WarmReason.PINNED, false));
        clock.advance(Duration.ofHours(25));
        WarmOrder refresh = order("2", WarmReason.MANUAL, true).takingTagOff();
        carryOut(order("3", WarmReason.STALE, false));
        assertEquals(Outcome.WARMED, carryOut(refresh));
        clock.advance(Duration.ofHours(25));
        WarmOrder another = order("4", WarmReason.MANUAL, true).takingTagOff();
        registry.publish(NGINX, "linux/amd64");
        carryOut(order("5", WarmReason.STALE, false));
        assertEquals(Outcome.NOTHING_TO_DO, carryOut(another));
    }

    @Test
    void anOrderOfWhichNobodyCouldBeToldIsToldWhenItComesAgain() {
        registry.publish(NGINX, "linux/amd64");
        WarmOrder order = order("1", WarmReason.STALE, true);
        bus.beforePublish = () -> {
            bus.beforePublish = () -> {};
            throw new IllegalStateException("no bus");
        };
        assertThrows(IllegalStateException.class, () -> carryOut(order));
        assertEquals(Outcome.WARMED, carryOut(order));
        assertEquals(1, bus.events().size());
    }

    @Test
    void whileAnotherOrderIsAtItNothingIsDone() {
        registry.publish(NGINX, "linux/amd64");
        leases.acquire(NGINX, "other", clock.instant());
        assertEquals(Outcome.NOTHING_TO_DO, carryOut(order("1", WarmReason.POPULAR, false)));
        assertEquals(List.of(), registry.calls);
    }

    @Test
    void anOrderOfWhichNobodyCouldBeToldIsNotSentAgainBesideItsOwnDelivery() {
        registry.outage = Optional.of(Failure.classify("UpstreamUnavailable", "503"));
        bus.beforePublish = () -> {
            throw new IllegalStateException("no bus");
        };
        assertThrows(IllegalStateException.class, () -> carryOut(order("1", WarmReason.MANUAL, false)));
        assertEquals(List.of(), later());
    }

    @Test
    void aBatchReportsOnlyTheOrdersThatShouldComeAgain() {
        registry.publish(NGINX, "linux/amd64");
        SQSEvent batch = new SQSEvent();
        batch.setRecords(List.of(
                message("good", order("1", WarmReason.PINNED, false).toJson()),
                message("broken", "{\"source\":\"larder.warm-order\"}"),
                message("foreign", "{\"source\":\"someone.else\"}")));
        var answer = new WarmWorker(warming, clock).handleRequest(batch, null);
        assertEquals(1, answer.getBatchItemFailures().size());
        assertEquals("broken", answer.getBatchItemFailures().getFirst().getItemIdentifier());
        assertTrue(registry.cached(NGINX).isPresent());
    }

    @Test
    void anOrderThatComesTooEarlyWaits() {
        registry.publish(NGINX, "linux/amd64");
        WarmOrder order = order("1", WarmReason.STALE, false).at(NOON.plusSeconds(541));
        assertEquals(Outcome.LATER, carryOut(order));
        assertEquals(List.of(), registry.calls);
        assertEquals(List.of(new RecordingOrders.Later(order, Duration.ofSeconds(541))), queue.sentLater());
        clock.advance(Duration.ofSeconds(541));
        assertEquals(Outcome.WARMED, carryOut(order));
    }

    @Test
    void whatAPersonOrderedWaitsForAnotherOrderAndIsNotLost() {
        registry.publish(NGINX, "linux/amd64");
        leases.acquire(NGINX, "other", clock.instant());
        assertEquals(Outcome.LATER, carryOut(order("1", WarmReason.MANUAL, true).takingTagOff()));
        assertEquals(List.of("1"), later());
        leases.release(NGINX, "other", clock.instant());
        assertEquals(Outcome.WARMED, carryOut(queue.sentLater().getFirst().order()));
    }

    @Test
    void whoWaitsSeesTheLeaseThePlatformsAndTheEnd() {
        registry.publish(NGINX, "linux/amd64", "linux/arm64");
        List<WarmProgress> seen = new ArrayList<>();
        upstreams.beforeArrival = () -> seen.add(leases.progress(NGINX).orElseThrow());
        carryOut(order("1", WarmReason.MANUAL, false));
        assertEquals(2, seen.getFirst().landed().size());
        assertEquals(Optional.empty(), seen.getFirst().ending());
        assertEquals(
                Optional.of(WarmEnding.of(Outcome.WARMED)),
                leases.progress(NGINX).orElseThrow().ending());
    }

    @Test
    void anOrderOfAPersonIsADeadLetterWhenItIsTooOld() {
        registry.outage = Optional.of(Failure.classify("UpstreamUnavailable", "503"));
        WarmOrder order = order("1", WarmReason.MANUAL, false);
        assertEquals(Outcome.LATER, carryOut(order));
        clock.advance(Duration.ofHours(7));
        assertEquals(Outcome.AGAIN, carryOut(order));
        assertEquals(1, queue.sentLater().size());
    }

    private static SQSEvent.SQSMessage message(String id, String body) {
        SQSEvent.SQSMessage message = new SQSEvent.SQSMessage();
        message.setMessageId(id);
        message.setBody(body);
        return message;
    }
}
