package dev.larder.functions.warm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.larder.config.Budget;
import dev.larder.config.Registry;
import dev.larder.domain.image.KeepTag;
import dev.larder.domain.upstream.Circuit;
import dev.larder.domain.upstream.Failure;
import dev.larder.domain.upstream.FailureKind;
import dev.larder.domain.upstream.KnownTags;
import dev.larder.domain.warming.Sightings;
import dev.larder.events.OwnEvent.ImageWarmFailed;
import dev.larder.events.OwnEvent.ImageWarmed;
import dev.larder.events.WarmOrder;
import dev.larder.events.WarmReason;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.Platform;
import dev.larder.events.image.Tag;
import dev.larder.functions.MovableClock;
import dev.larder.functions.bus.RecordingBus;
import dev.larder.functions.bus.RecordingOrders;
import dev.larder.functions.ecr.CachedManifest;
import dev.larder.functions.ecr.FakeRegistry;
import dev.larder.functions.registry.FakeUpstreams;
import dev.larder.functions.table.InMemoryImageRecords;
import dev.larder.functions.table.StoredManifest;
import dev.larder.functions.table.TaggedImage;
import dev.larder.functions.upstream.InMemoryUpstreamStates;
import dev.larder.functions.upstream.Probes;
import dev.larder.functions.upstream.UpstreamHealth;
import dev.larder.functions.warm.WarmEnding.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WarmingTest {
    private static final Tagged NGINX = (Tagged) ImageReference.parse("docker-hub/library/nginx:1.27");
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    private final MovableClock clock = new MovableClock(NOON);
    private final Worker worker = new Worker(clock);
    private final FakeRegistry registry = worker.registry;
    private final FakeUpstreams upstreams = worker.upstreams;
    private final InMemoryImageRecords records = worker.records;
    private final InMemoryWarmLeases leases = worker.leases;
    private final InMemoryUpstreamStates states = worker.states;
    private final RecordingOrders queue = worker.queue;
    private final RecordingBus bus = worker.bus;
    private final Warming warming = worker.warming();

    @Test
    void anOrderedImageIsImportedVerifiedRecordedAndTold() {
        CachedManifest index = registry.publish(NGINX, "linux/amd64", "linux/arm64", "linux/s390x");
        assertEquals(Outcome.WARMED, carryOut(order("1", WarmReason.PINNED, false)));

        TaggedImage image = records.tagged(NGINX).orElseThrow();
        assertEquals(Optional.of(index.digest()), image.digest());
        assertEquals(Optional.of(NOON), image.warmedAt());
        assertEquals(Optional.of(NOON), image.checkedAt());
        StoredManifest stored =
                records.manifest(NGINX.repository(), index.digest()).orElseThrow();
        assertEquals(3, stored.children().size());
        assertEquals(Set.of(Platform.parse("linux/amd64"), Platform.parse("linux/arm64")), stored.platforms());
        assertEquals(OptionalLong.of(220), stored.sizeBytes());
        ImageWarmed told = assertInstanceOf(ImageWarmed.class, bus.events().getFirst());
        assertEquals(index.digest(), told.digest());
        assertEquals(Optional.of(220L), told.sizeBytes());
    }

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
        WarmOrder refresh = order("2", WarmReason.MANUAL, true);
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
        WarmOrder refresh = order("2", WarmReason.MANUAL, true);
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
        WarmOrder refresh = order("2", WarmReason.MANUAL, true);
        carryOut(order("3", WarmReason.STALE, false));
        assertEquals(Outcome.WARMED, carryOut(refresh));
        clock.advance(Duration.ofHours(25));
        WarmOrder another = order("4", WarmReason.MANUAL, true);
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
    void aPlatformThatTheUpstreamDoesNotOfferDoesNotFailTheOrder() {
        registry.publish(NGINX, "linux/amd64");
        assertEquals(Outcome.WARMED, carryOut(order("1", WarmReason.PINNED, false)));
        ImageWarmed told = assertInstanceOf(ImageWarmed.class, bus.events().getFirst());
        assertEquals(List.of(Platform.parse("linux/amd64")), told.platforms());
    }

    @Test
    void anImageOfWhichTheIndexDoesNotSayWhatItRunsOnIsLookedAtAsWell() {
        CachedManifest index = registry.silence(NGINX, registry.publish(NGINX, "linux/riscv64", "linux/arm64"));
        registry.missing.add(registry.content(index.children().getFirst().digest())
                .blobs()
                .getLast()
                .digest());
        assertEquals(Outcome.LATER, carryOut(order("1", WarmReason.PINNED, false)));
        registry.missing.clear();
        clock.advance(Duration.ofMinutes(1));
        assertEquals(Outcome.WARMED, carryOut(order("1", WarmReason.PINNED, false)));
        assertEquals(
                OptionalLong.of(220),
                records.manifest(NGINX.repository(), index.digest())
                        .orElseThrow()
                        .sizeBytes());
    }

    @Test
    void anIndexWithoutAnyImageThatIsWantedIsWarmAndNobodyKnowsMoreOfIt() {
        CachedManifest index = registry.publish(NGINX, "windows/amd64");
        assertEquals(Outcome.WARMED, carryOut(order("1", WarmReason.PINNED, false)));
        String why =
                "no image of it was looked at: the index has [windows/amd64], and none for [linux/amd64, linux/arm64]";
        assertEquals(Optional.of(why), records.warmth(NGINX).unverified());
        assertEquals(
                OptionalLong.empty(),
                records.manifest(NGINX.repository(), index.digest())
                        .orElseThrow()
                        .sizeBytes());
        ImageWarmed told = assertInstanceOf(ImageWarmed.class, bus.events().getFirst());
        assertEquals(Optional.empty(), told.sizeBytes());
        assertEquals(Optional.of(why), told.unverified());
    }

    @Test
    void layersThatAreLateAreWaitedFor() {
        CachedManifest index = registry.publish(NGINX, "linux/amd64");
        registry.missing.add(layer(index));
        worker.pause = time -> {
            clock.advance(time);
            registry.missing.clear();
        };
        assertEquals(Outcome.WARMED, carryOut(order("1", WarmReason.PINNED, false)));
    }

    @Test
    void layersThatNeverComeBringTheOrderBackAndLeaveNoRecordOfAWarmImage() {
        CachedManifest index = registry.publish(NGINX, "linux/amd64");
        registry.missing.add(layer(index));
        assertEquals(Outcome.LATER, carryOut(order("1", WarmReason.PINNED, false)));
        assertEquals(List.of("1"), later());
        assertTrue(records.tagged(NGINX).flatMap(TaggedImage::warmedAt).isEmpty());
        assertEquals(0, records.warmth(NGINX).failures(), "layers on their way say nothing against the image");
        assertTrue(
                assertInstanceOf(ImageWarmFailed.class, bus.events().getFirst()).willRetry());
        assertTrue(leases.acquire(NGINX, "2", clock.instant()), "the lease is free again");
    }

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
            clock.advance(Duration.ofMinutes(15));
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
        carryOut(order("2", WarmReason.PINNED, false));
        assertEquals(
                List.of(NGINX.toString()), states.of("docker-hub").circuit().suspects());
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
    void anOrderOfWhichNobodyCouldBeToldIsNotSentAgainBesideItsOwnDelivery() {
        registry.outage = Optional.of(Failure.classify("UpstreamUnavailable", "503"));
        bus.beforePublish = () -> {
            throw new IllegalStateException("no bus");
        };
        assertThrows(IllegalStateException.class, () -> carryOut(order("1", WarmReason.MANUAL, false)));
        assertEquals(List.of(), later());
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

    @Test
    void aCheckThatKeepsTheTagTakesNoRequestBesideEcrsOwn() {
        registry.publish(NGINX, "linux/amd64");
        carryOut(order("1", WarmReason.PINNED, false));
        upstreams.looks.clear();
        clock.advance(Duration.ofHours(25));
        assertEquals(Outcome.WARMED, carryOut(order("2", WarmReason.STALE, false)));
        assertEquals(List.of(), upstreams.looks);
        assertEquals(Optional.of(clock.instant()), records.tagged(NGINX).flatMap(TaggedImage::checkedAt));
        assertEquals(Optional.empty(), records.warmth(NGINX).unverified());
    }

    @Test
    void aTagThatMovesToWhatIsThereUnderAnotherTagTakesNoRequestBesideEcrsOwn() {
        CachedManifest index = registry.publish(NGINX, "linux/amd64");
        carryOut(order("1", WarmReason.PINNED, false));
        upstreams.looks.clear();
        Tagged alias = new Tagged(NGINX.repository(), new Tag("stable"));
        registry.publishAs(alias, index);
        WarmOrder order = WarmOrder.atOnce("2", alias, WarmReason.POPULAR, List.of(), false, clock.instant());
        assertEquals(Outcome.WARMED, carryOut(order));
        assertEquals(List.of(), upstreams.looks);
        assertEquals(Optional.empty(), records.warmth(alias).unverified());
    }

    @Test
    void whatTheLookoutSawAMomentAgoIsNotAskedForAgain() {
        CachedManifest index = registry.publish(NGINX, "linux/amd64");
        worker.known.put(
                NGINX.tag(),
                new KnownTags.Seen(NOON, Optional.of(index.digest()), Optional.of(NOON.minus(Sightings.RECENT))));
        assertEquals(Outcome.WARMED, carryOut(order("1", WarmReason.SUCCESSOR, false)));
        assertEquals(List.of(), upstreams.looks);
        assertEquals(Optional.empty(), records.warmth(NGINX).unverified());
    }

    @Test
    void whatTheLookoutSawTooLongAgoIsComparedAnew() {
        CachedManifest index = registry.publish(NGINX, "linux/amd64");
        worker.known.put(
                NGINX.tag(),
                new KnownTags.Seen(
                        NOON,
                        Optional.of(index.digest()),
                        Optional.of(NOON.minus(Sightings.RECENT).minusMillis(1))));
        carryOut(order("1", WarmReason.SUCCESSOR, false));
        assertEquals(List.of("1.27"), upstreams.looks);
    }

    /** The tag is warm, and has moved to an image that is in the cache under another tag, as the lookout just saw. */
    private CachedManifest movedToWhatIsThere() {
        registry.publish(NGINX, "linux/amd64");
        carryOut(order("1", WarmReason.PINNED, false));
        Tagged other = new Tagged(NGINX.repository(), new Tag("1.27.4"));
        CachedManifest moved = registry.publish(other, "linux/amd64");
        carryOut(WarmOrder.atOnce("2", other, WarmReason.POPULAR, List.of(), false, clock.instant()));
        registry.publishAs(NGINX, moved);
        worker.known.put(NGINX.tag(), new KnownTags.Seen(NOON, Optional.of(moved.digest()), Optional.of(NOON)));
        clock.advance(Duration.ofMinutes(10));
        registry.calls.clear();
        upstreams.looks.clear();
        return moved;
    }

    @Test
    void aTagIsPutOnWhatIsThereWithoutAskingWhatTheLookoutJustSaw() {
        CachedManifest moved = movedToWhatIsThere();
        assertEquals(Outcome.WARMED, carryOut(order("3", WarmReason.STALE, true)));
        assertEquals(List.of(), upstreams.looks);
        assertEquals(List.of("get 1.27", "tag 1.27"), registry.calls);
        assertEquals(Optional.of(moved.digest()), registry.cached(NGINX));
    }

    @Test
    void whoeverWantsTheUpstreamAskedHasItAsked() {
        movedToWhatIsThere();
        assertEquals(Outcome.WARMED, carryOut(order("3", WarmReason.MANUAL, true)));
        assertEquals(List.of("1.27"), upstreams.looks);
    }

    @Test
    void whatIsNotAllowedIsNotAskedFor() {
        WarmOrder order = WarmOrder.atOnce(
                "1",
                (Tagged) ImageReference.parse("docker-hub/someone/tool:1"),
                WarmReason.MANUAL,
                List.of(),
                false,
                NOON);
        assertEquals(Outcome.FAILED, carryOut(order));
        assertEquals(List.of(), registry.calls);
    }

    @Test
    void whatWasEvictedComesBackWhetherItIsAllowedOrNot() {
        Tagged image = (Tagged) ImageReference.parse("docker-hub/someone/tool:1");
        registry.publish(image, "linux/amd64");
        WarmOrder order = WarmOrder.atOnce("1", image, WarmReason.UNDO, List.of(), false, NOON);
        assertEquals(Outcome.WARMED, carryOut(order));
    }

    @Test
    void aPlannedRefreshOfAnImmutableTagFailsForGood() {
        movedToWhatIsThere();
        registry.immutable = true;
        assertEquals(Outcome.FAILED, carryOut(order("3", WarmReason.STALE, true)));
        assertEquals(1, records.warmth(NGINX).failures(), "and is not tried again at each plan");
    }

    @Test
    void aTagThatMovedIsRefreshedAndTheOldImageIsKept() {
        CachedManifest old = registry.publish(NGINX, "linux/amd64");
        carryOut(order("1", WarmReason.PINNED, false));
        records.pulled(NGINX, clock.instant());
        Instant pulled = clock.instant();
        clock.advance(Duration.ofHours(22));
        CachedManifest moved = registry.publish(NGINX, "linux/amd64");
        assertEquals(Outcome.WARMED, carryOut(order("2", WarmReason.MANUAL, true)));
        assertEquals(Optional.of(moved.digest()), registry.cached(NGINX));
        assertEquals(
                Optional.of(old.digest()), registry.cached(new Tagged(NGINX.repository(), KeepTag.of(old.digest()))));
        TaggedImage image = records.tagged(NGINX).orElseThrow();
        assertEquals(Optional.of(moved.digest()), image.digest());
        assertEquals(Optional.of(clock.instant()), image.checkedAt());
        assertEquals(
                Optional.of(pulled),
                records.manifest(NGINX.repository(), old.digest()).orElseThrow().lastPulledAt(),
                "who runs the old image is still seen");
    }

    @Test
    void aTagThatDidNotMoveIsLeftAsItIs() {
        registry.publish(NGINX, "linux/amd64");
        carryOut(order("1", WarmReason.PINNED, false));
        clock.advance(Duration.ofHours(22));
        registry.calls.clear();
        assertEquals(Outcome.WARMED, carryOut(order("2", WarmReason.MANUAL, true)));
        assertEquals(List.of("get 1.27"), registry.calls);
        TaggedImage image = records.tagged(NGINX).orElseThrow();
        assertEquals(Optional.of(NOON), image.importedAt());
        assertEquals(Optional.of(NOON), image.checkedAt(), "ECR's own check is as old as before");
        assertEquals(Optional.empty(), records.warmth(NGINX).unverified());
    }

    @Test
    void aRefreshThatTheUpstreamRefusesPutsTheTagBack() {
        CachedManifest index = registry.publish(NGINX, "linux/amd64");
        carryOut(order("1", WarmReason.PINNED, false));
        clock.advance(Duration.ofHours(22));
        registry.publish(NGINX, "linux/amd64");
        registry.outage = Optional.of(Failure.classify("UpstreamUnavailable", "503"));
        assertEquals(Outcome.LATER, carryOut(order("2", WarmReason.MANUAL, true)));
        assertTrue(registry.calls.contains("untag 1.27"));
        assertEquals(Optional.of(index.digest()), registry.cached(NGINX));
    }

    @Test
    void aRefreshThatWasCutOffBeforeIsMendedFromTheRecord() {
        CachedManifest index = registry.publish(NGINX, "linux/amd64");
        carryOut(order("1", WarmReason.PINNED, false));
        registry.tag(NGINX.repository(), index, KeepTag.of(index.digest()));
        registry.untag(NGINX);
        registry.outage = Optional.of(Failure.classify("UpstreamUnavailable", "503"));
        clock.advance(Duration.ofHours(22));
        carryOut(order("2", WarmReason.STALE, true));
        assertEquals(Optional.of(index.digest()), registry.cached(NGINX));
    }

    @Test
    void anAnswerFromTheCacheIsNotTakenForACheckOfTheUpstream() {
        registry.publish(NGINX, "linux/amd64");
        carryOut(order("1", WarmReason.PINNED, false));
        clock.advance(Duration.ofHours(5));
        carryOut(order("2", WarmReason.MANUAL, false));
        assertEquals(Optional.of(NOON), records.tagged(NGINX).flatMap(TaggedImage::checkedAt));
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
    void anImageIsComparedWithTheUpstreamAndTheEventSaysSo() {
        registry.publish(NGINX, "linux/amd64");
        carryOut(order("1", WarmReason.PINNED, false));
        assertEquals(List.of("1.27"), upstreams.looks);
        assertEquals(Optional.empty(), records.warmth(NGINX).unverified());
        assertEquals(
                Optional.empty(),
                assertInstanceOf(ImageWarmed.class, bus.events().getFirst()).unverified());
    }

    @Test
    void anUpstreamThatDoesNotSayLeavesTheImageWarmAndUnverified() {
        registry.publish(NGINX, "linux/amd64");
        upstreams.refusal = Optional.of(new Failure(FailureKind.CREDENTIALS, "401", "authentication required"));
        assertEquals(Outcome.WARMED, carryOut(order("1", WarmReason.PINNED, false)));
        String why = records.warmth(NGINX).unverified().orElseThrow();
        assertTrue(why.contains("credentials (401: authentication required)"), why);
        assertEquals(
                Optional.of(why),
                assertInstanceOf(ImageWarmed.class, bus.events().getFirst()).unverified());
        assertEquals(Circuit.CLOSED, states.of("docker-hub").circuit(), "ECR's own secret is another matter");
    }

    @Test
    void aTagThatMovesInTheMiddleOfTheImportIsImportedOnceMore() {
        registry.publish(NGINX, "linux/amd64");
        List<CachedManifest> moved = new ArrayList<>();
        registry.beforeCall = () -> {
            if (registry.cached(NGINX).isPresent() && moved.isEmpty()) {
                moved.add(registry.publish(NGINX, "linux/amd64"));
            }
        };
        assertEquals(Outcome.WARMED, carryOut(order("1", WarmReason.MANUAL, true)));
        assertEquals(Optional.of(moved.getFirst().digest()), registry.cached(NGINX));
        assertEquals(
                Optional.of(moved.getFirst().digest()), records.tagged(NGINX).flatMap(TaggedImage::digest));
        assertEquals(Optional.empty(), records.warmth(NGINX).unverified());
    }

    @Test
    void aBudgetThatDoesNotPayForAnotherImportIsNotOverdrawn() {
        registry.publish(NGINX, "linux/amd64");
        List<CachedManifest> moved = new ArrayList<>();
        registry.beforeCall = () -> {
            if (registry.cached(NGINX).isPresent() && moved.isEmpty()) {
                moved.add(registry.publish(NGINX, "linux/amd64"));
            }
        };
        Warming poor = worker.warming(
                Registry.QUAY, Optional.of(new Budget(20, Duration.ofHours(6), 50, Budget.Counts.REQUESTS)));
        assertEquals(
                Outcome.WARMED,
                poor.carryOut(order("1", WarmReason.PINNED, false)).outcome());
        String why = records.warmth(NGINX).unverified().orElseThrow();
        assertTrue(why.endsWith("its budget does not pay for another"), why);
        assertEquals(
                4,
                states.of("docker-hub").tokens().orElseThrow().left(),
                "only the HEAD was paid, of 5 that may be spent at once");
        assertEquals(1, registry.calls.stream().filter("import 1.27"::equals).count());
    }

    @Test
    void aTagThatNeverStopsMovingIsWarmWithWhatIsThere() {
        registry.publish(NGINX, "linux/amd64");
        upstreams.beforeArrival = () -> registry.publish(NGINX, "linux/amd64");
        assertEquals(Outcome.WARMED, carryOut(order("1", WarmReason.PINNED, false)));
        clock.advance(Duration.ofHours(1));
        assertEquals(Outcome.WARMED, carryOut(order("2", WarmReason.MANUAL, true)));
        String why = records.warmth(NGINX).unverified().orElseThrow();
        assertTrue(why.startsWith("the upstream keeps moving the tag"), why);
        assertEquals(registry.cached(NGINX), records.tagged(NGINX).flatMap(TaggedImage::digest));
    }

    @Test
    void whatAUsersPullJustImportedIsLookedAtWithoutAskingTheUpstream() {
        registry.publish(NGINX, "linux/amd64");
        assertEquals(Outcome.WARMED, carryOut(order("1", WarmReason.MISSING_PLATFORM, false)));
        assertEquals(List.of(), upstreams.looks);
        assertTrue(records.warmth(NGINX).unverified().isPresent());
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
        assertEquals(Outcome.LATER, carryOut(order("1", WarmReason.MANUAL, true)));
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

    private List<String> later() {
        return queue.sentLater().stream().map(sent -> sent.order().orderId()).toList();
    }

    private Digest layer(CachedManifest index) {
        return registry.content(index.children().getFirst().digest())
                .blobs()
                .getLast()
                .digest();
    }

    private static SQSEvent.SQSMessage message(String id, String body) {
        SQSEvent.SQSMessage message = new SQSEvent.SQSMessage();
        message.setMessageId(id);
        message.setBody(body);
        return message;
    }

    private Outcome carryOut(WarmOrder order) {
        return warming.carryOut(order).outcome();
    }

    private WarmOrder order(String id, WarmReason reason, String... platforms) {
        return WarmOrder.atOnce(
                id, NGINX, reason, Stream.of(platforms).map(Platform::parse).toList(), false, clock.instant());
    }

    private WarmOrder order(String id, WarmReason reason, boolean refresh) {
        return WarmOrder.atOnce(
                id,
                NGINX,
                reason,
                List.of(Platform.parse("linux/amd64"), Platform.parse("linux/arm64")),
                refresh,
                clock.instant());
    }
}
