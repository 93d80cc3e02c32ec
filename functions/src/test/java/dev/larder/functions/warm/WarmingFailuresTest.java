package dev.larder.functions.warm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.larder.domain.upstream.Circuit;
import dev.larder.domain.upstream.Failure;
import dev.larder.domain.upstream.FailureKind;
import dev.larder.events.OwnEvent.ImageWarmFailed;
import dev.larder.events.WarmOrder;
import dev.larder.events.WarmReason;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.Tag;
import dev.larder.functions.table.TaggedImage;
import dev.larder.functions.upstream.Probes;
import dev.larder.functions.upstream.UpstreamHealth;
import dev.larder.functions.warm.WarmEnding.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Upstreams that fail: their circuits, and who tries them again. */
class WarmingFailuresTest extends WarmingFixture {
    @Test
    void anImageThatIsNotThereFailsForGood() {
        assertEquals(Outcome.FAILED, carryOut(order("1", WarmReason.PINNED, false)));
        ImageWarmFailed told =
                assertInstanceOf(ImageWarmFailed.class, bus.events().getFirst());
        assertEquals("ImageNotFound", told.failureCode());
        assertFalse(told.willRetry());
        assertEquals(Circuit.CLOSED, states.of("docker-hub").circuit());
        TaggedImage failing = records.tagged(NGINX).orElseThrow();
        assertEquals(Optional.of(NOON), failing.lastWarmFailureAt());
        assertEquals(Optional.of("ImageNotFound"), failing.lastWarmFailureCode());
        registry.publish(NGINX, "linux/amd64");
        clock.advance(Duration.ofHours(1));
        carryOut(order("2", WarmReason.PINNED, false));
        assertEquals(Optional.empty(), records.tagged(NGINX).flatMap(TaggedImage::lastWarmFailureAt));
    }

    @Test
    void aLimitedUpstreamOpensItsCircuitAndIsNotAskedAgain() {
        registry.outage = Optional.of(Failure.classify("UpstreamTooManyRequests", "429"));
        assertEquals(Outcome.FAILED, carryOut(order("1", WarmReason.PINNED, false)), "the next plan orders it");
        registry.calls.clear();
        assertEquals(0, records.tagged(NGINX).map(TaggedImage::warmFailures).orElse(0), "it says nothing of the image");
        assertEquals(Outcome.LATER, carryOut(order("2", WarmReason.UNDO, false)));
        assertEquals(Outcome.FAILED, carryOut(order("3", WarmReason.PINNED, false)));
        assertEquals(List.of("2"), later());
        assertEquals(
                Circuit.FIRST.plusSeconds(30),
                queue.sentLater().getFirst().delay(),
                "when the circuit lets one through");
        assertEquals(List.of(), registry.calls);
        clock.advance(Circuit.FIRST);
        registry.outage = Optional.empty();
        registry.publish(NGINX, "linux/amd64");
        assertEquals(Outcome.WARMED, carryOut(order("4", WarmReason.PINNED, false)));
        assertEquals(Circuit.CLOSED, states.of("docker-hub").circuit());
    }

    @Test
    void oneOrderAtATimeTriesAnUpstreamThatFailedLately() {
        registry.outage = Optional.of(Failure.classify("UpstreamTooManyRequests", "429"));
        carryOut(order("1", WarmReason.PINNED, false));
        clock.advance(Circuit.FIRST);
        registry.publish(NGINX, "linux/amd64");
        registry.outage = Optional.empty();
        Tagged other = new Tagged(NGINX.repository(), new Tag("1.28"));
        List<Outcome> meanwhile = new ArrayList<>();
        registry.beforeCall = () -> {
            registry.beforeCall = () -> {};
            meanwhile.add(carryOut(WarmOrder.atOnce("3", other, WarmReason.MANUAL, List.of(), false, clock.instant())));
        };
        assertEquals(Outcome.WARMED, carryOut(order("2", WarmReason.MANUAL, false)));
        assertEquals(List.of(Outcome.LATER), meanwhile);
        assertFalse(registry.calls.contains("get 1.28"));
        assertEquals(Circuit.CLOSED, states.of("docker-hub").circuit());
        registry.publish(other, "linux/amd64");
        assertEquals(Outcome.WARMED, carryOut(queue.sentLater().getLast().order()));
    }

    @Test
    void anImageThatFailsWheneverItIsTriedHoldsUpNoOther() {
        Tagged other = new Tagged(NGINX.repository(), new Tag("1.28"));
        registry.publish(other, "linux/amd64");
        registry.outage = Optional.of(Failure.classify("UpstreamUnavailable", "502"));
        for (int i = 0; i < 8; i++) {
            assertEquals(Outcome.FAILED, carryOut(order("pin" + i, WarmReason.PINNED, false)));
            clock.advance(Duration.ofMinutes(1));
        }
        registry.outage = Optional.empty();
        WarmOrder popular = WarmOrder.atOnce("popular", other, WarmReason.POPULAR, List.of(), false, clock.instant());
        assertEquals(Outcome.WARMED, carryOut(popular));
    }

    @Test
    void whereTheUpstreamFailedAsWellAnImageThatFailedWaitsForTheOthers() {
        registry.outage = Optional.of(Failure.classify("UpstreamUnavailable", "502"));
        carryOut(order("1", WarmReason.PINNED, false));
        clock.advance(Duration.ofSeconds(1));
        new UpstreamHealth(states)
                .failed("docker-hub", Failure.classify("UpstreamTooManyRequests", "429"), clock.instant());
        clock.advance(Circuit.FIRST);
        registry.calls.clear();
        WarmEnding ending = worker.warming().carryOut(order("2", WarmReason.PINNED, false));
        assertEquals(FailureKind.CIRCUIT_OPEN, ending.failure().orElseThrow().kind());
        assertEquals(List.of(), registry.calls);
        registry.outage = Optional.empty();
        Tagged other = new Tagged(NGINX.repository(), new Tag("1.28"));
        registry.publish(other, "linux/amd64");
        assertEquals(
                Outcome.WARMED,
                carryOut(WarmOrder.atOnce("3", other, WarmReason.POPULAR, List.of(), false, clock.instant())));
        assertEquals(Circuit.CLOSED, states.of("docker-hub").circuit());
    }

    @Test
    void whereThereIsNoLoginThatCouldBeWrongAnImageThatCannotBeHadRests() {
        registry.outage = Optional.of(Failure.classify("UnableToGetUpstreamImageException", "it could not be pulled"));
        assertEquals(Outcome.FAILED, carryOut(order("1", WarmReason.PINNED, false)));
        assertEquals(1, records.warmth(NGINX).failures());
        assertEquals(Circuit.CLOSED, states.of("docker-hub").circuit());
        worker.credentials = Optional.of("ecr-pullthroughcache/docker-hub");
        clock.advance(Duration.ofHours(1));
        worker.warming().carryOut(order("2", WarmReason.PINNED, false));
        assertEquals(
                List.of(NGINX.toString()), states.of("docker-hub").circuit().suspects());
    }

    /** A plan orders it anew; what a person ordered nobody does. */
    @ParameterizedTest
    @ValueSource(strings = {"AccessDeniedException", "LimitExceededException", "SecretNotFoundException"})
    void whatSomebodyHasToMendFirstBecomesADeadLetterWhenAPersonOrderedIt(String code) {
        worker.credentials = Optional.of("ecr-pullthroughcache/docker-hub");
        registry.outage = Optional.of(Failure.classify(code, "no"));
        for (WarmReason reason : List.of(WarmReason.PINNED, WarmReason.MANUAL, WarmReason.UNDO)) {
            Outcome expected = reason.isPlanned() ? Outcome.FAILED : Outcome.AGAIN;
            WarmOrder order = order(reason.name(), reason, false);
            assertEquals(expected, worker.warming().carryOut(order).outcome());
            clock.advance(Duration.ofHours(1));
        }
    }

    @Test
    void anUndoneEvictionIsTriedForTwoWeeksAndWhatWasNotTriedWaits() {
        registry.publish(NGINX, "linux/amd64");
        registry.outage = Optional.of(Failure.classify("UpstreamTooManyRequests", "429"));
        WarmOrder undo = order("1", WarmReason.UNDO, false);
        WarmOrder manual = order("2", WarmReason.MANUAL, false);
        clock.advance(Duration.ofDays(13));
        assertEquals(Outcome.LATER, carryOut(undo), "the upstream has had enough");
        assertEquals(Outcome.LATER, carryOut(undo), "and is not asked");
        assertEquals(Outcome.LATER, carryOut(manual), "nor for what a person ordered");
        clock.advance(Duration.ofDays(1).plusSeconds(1));
        assertEquals(Outcome.AGAIN, carryOut(undo));
        clock.advance(Duration.ofDays(1));
        assertEquals(Outcome.AGAIN, carryOut(manual));
    }

    @Test
    void aProbeForWhatTheUpstreamDoesNotHaveClosesTheCircuitAsWell() {
        new UpstreamHealth(states)
                .failed("docker-hub", Failure.classify("UpstreamTooManyRequests", "429"), clock.instant());
        clock.advance(Circuit.FIRST);
        assertEquals(Outcome.FAILED, carryOut(order("1", WarmReason.PINNED, false)));
        assertEquals(Circuit.Phase.CLOSED, states.of("docker-hub").circuit().phase(clock.instant()));
    }

    @Test
    void aProbeThatIsRefusedWhereThereIsNoLoginThatCouldBeWrongClosesItToo() {
        new UpstreamHealth(states)
                .failed("docker-hub", Failure.classify("UpstreamTooManyRequests", "429"), clock.instant());
        clock.advance(Circuit.FIRST);
        registry.outage = Optional.of(Failure.classify("UnableToGetUpstreamImageException", "it could not be pulled"));
        assertEquals(Outcome.FAILED, carryOut(order("1", WarmReason.PINNED, false)));
        assertEquals(Circuit.Phase.CLOSED, states.of("docker-hub").circuit().phase(clock.instant()));
    }

    @Test
    void whatComesFromTheCacheDoesNotCloseACircuit() {
        registry.publish(NGINX, "linux/amd64");
        upstreams.refusal = Optional.of(Failure.classify("UpstreamAccessDenied", "403"));
        carryOut(order("1", WarmReason.PINNED, false));
        new UpstreamHealth(states)
                .failed("docker-hub", Failure.classify("UpstreamTooManyRequests", "429"), clock.instant());
        clock.advance(Circuit.FIRST);
        assertEquals(Outcome.WARMED, carryOut(order("2", WarmReason.MANUAL, false)));
        assertEquals(Circuit.Phase.HALF_OPEN, states.of("docker-hub").circuit().phase(clock.instant()));
    }

    @Test
    void anImportThatBeganBeforeALimitDoesNotCloseTheCircuitThatItOpened() {
        registry.publish(NGINX, "linux/amd64");
        registry.beforeCall = () -> {
            registry.beforeCall = () -> {};
            clock.advance(Duration.ofSeconds(1));
            new UpstreamHealth(states)
                    .failed("docker-hub", Failure.classify("UpstreamTooManyRequests", "429"), clock.instant());
            clock.advance(Duration.ofSeconds(2));
        };
        assertEquals(Outcome.WARMED, carryOut(order("1", WarmReason.PINNED, false)));
        assertEquals(Circuit.Phase.OPEN, states.of("docker-hub").circuit().phase(clock.instant()));
        assertEquals(1, states.of("docker-hub").circuit().trips());
    }

    @Test
    void anUpstreamThatAnswersUsClosesItsCircuit() {
        registry.publish(NGINX, "linux/amd64");
        carryOut(order("1", WarmReason.PINNED, false));
        new UpstreamHealth(states)
                .failed("docker-hub", Failure.classify("UpstreamTooManyRequests", "429"), clock.instant());
        clock.advance(Circuit.FIRST);
        assertEquals(Outcome.WARMED, carryOut(order("2", WarmReason.MANUAL, false)));
        assertEquals(Circuit.CLOSED, states.of("docker-hub").circuit());
    }

    @Test
    void whatEcrServesInAnOutageForgetsNoFailureOfTheUpstream() {
        registry.publish(NGINX, "linux/amd64");
        carryOut(order("1", WarmReason.PINNED, false));
        clock.advance(Duration.ofHours(25));
        registry.outage = Optional.of(Failure.classify("UpstreamUnavailable", "503"));
        new UpstreamHealth(states).failed("docker-hub", registry.outage.get(), clock.instant());
        clock.advance(Duration.ofSeconds(1));
        assertEquals(Outcome.WARMED, carryOut(order("2", WarmReason.STALE, false)));
        assertEquals(1, states.of("docker-hub").circuit().suspects().size());
    }

    @Test
    void aRefreshByHandIsNotContentWithWhatEcrServesInAnOutage() {
        registry.publish(NGINX, "linux/amd64");
        carryOut(order("1", WarmReason.PINNED, false));
        clock.advance(Duration.ofHours(25));
        registry.outage = Optional.of(Failure.classify("UpstreamUnavailable", "503"));
        upstreams.refusal = registry.outage;
        WarmOrder refresh = order("2", WarmReason.MANUAL, true);
        assertEquals(Outcome.LATER, carryOut(refresh));
        upstreams.refusal = Optional.empty();
        registry.outage = Optional.empty();
        upstreams.looks.clear();
        clock.advance(Duration.ofMinutes(1));
        assertEquals(Outcome.WARMED, carryOut(refresh));
        assertEquals(List.of("1.27"), upstreams.looks);
        assertEquals(Optional.empty(), records.warmth(NGINX).unverified());
    }

    @Test
    void whatAProbeMetIsKnownBeforeItIsOver() {
        probing();
        upstreams.refusal = Optional.of(Failure.classify("UpstreamUnavailable", "503"));
        List<Circuit.Phase> atTheEnd = new ArrayList<>();
        worker.probes = new Probes() {
            @Override
            public boolean take(String prefix, String orderId, Instant now) {
                return true;
            }

            @Override
            public void end(String prefix, String orderId, Instant now) {
                atTheEnd.add(states.of(prefix).circuit().phase(now));
            }
        };
        worker.warming().carryOut(order("2", WarmReason.MANUAL, false));
        assertEquals(List.of(Circuit.Phase.OPEN), atTheEnd);
    }

    /** Warm, its check run out, and the upstream was down for a while: the next order is the probe. */
    private void probing() {
        registry.publish(NGINX, "linux/amd64");
        carryOut(order("1", WarmReason.PINNED, false));
        clock.advance(Duration.ofHours(25));
        new UpstreamHealth(states)
                .failed("docker-hub", Failure.classify("UpstreamTooManyRequests", "429"), clock.instant());
        clock.advance(Circuit.FIRST);
        upstreams.looks.clear();
    }

    @Test
    void aProbeThatFindsNothingNewAsksTheUpstreamItself() {
        probing();
        assertEquals(Outcome.WARMED, carryOut(order("2", WarmReason.MANUAL, false)));
        assertEquals(List.of("1.27"), upstreams.looks);
        assertEquals(Circuit.CLOSED, states.of("docker-hub").circuit());
    }

    @Test
    void whatEcrServesWhileTheUpstreamIsStillOutDoesNotCloseItsCircuit() {
        probing();
        upstreams.refusal = Optional.of(Failure.classify("UpstreamTooManyRequests", "429"));
        assertEquals(Outcome.LATER, carryOut(order("2", WarmReason.MANUAL, false)));
        assertEquals(Circuit.Phase.OPEN, states.of("docker-hub").circuit().phase(clock.instant()));
    }
}
