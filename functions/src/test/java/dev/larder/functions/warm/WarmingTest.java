package dev.larder.functions.warm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.larder.config.Registry;
import dev.larder.config.Upstream;
import dev.larder.domain.image.KeepTag;
import dev.larder.domain.upstream.Circuit;
import dev.larder.domain.upstream.Failure;
import dev.larder.events.OwnEvent.ImageWarmFailed;
import dev.larder.events.OwnEvent.ImageWarmed;
import dev.larder.events.WarmOrder;
import dev.larder.events.WarmReason;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.Platform;
import dev.larder.functions.MovableClock;
import dev.larder.functions.bus.RecordingBus;
import dev.larder.functions.ecr.CachedManifest;
import dev.larder.functions.ecr.FakeRegistry;
import dev.larder.functions.table.InMemoryImageRecords;
import dev.larder.functions.table.StoredManifest;
import dev.larder.functions.table.TaggedImage;
import dev.larder.functions.upstream.InMemoryUpstreamStates;
import dev.larder.functions.upstream.UpstreamHealth;
import dev.larder.functions.warm.Warming.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WarmingTest {
    private static final Tagged NGINX = (Tagged) ImageReference.parse("docker-hub/library/nginx:1.27");
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    private final MovableClock clock = new MovableClock(NOON);
    private final FakeRegistry registry = new FakeRegistry(clock);
    private final InMemoryImageRecords records = new InMemoryImageRecords();
    private final InMemoryWarmLeases leases = new InMemoryWarmLeases();
    private final InMemoryUpstreamStates states = new InMemoryUpstreamStates();
    private final RecordingBus bus = new RecordingBus();
    private final Warming warming = new Warming(
            new Upstreams(List.of(new Upstream(
                    "docker-hub",
                    Registry.DOCKER_HUB,
                    "registry-1.docker.io",
                    Optional.empty(),
                    List.of("library/*"),
                    Optional.empty()))),
            registry,
            records,
            leases,
            new UpstreamHealth(states),
            bus,
            clock::advance,
            clock);

    @Test
    void anOrderedImageIsImportedVerifiedRecordedAndTold() {
        CachedManifest index = registry.publish(NGINX, "linux/amd64", "linux/arm64", "linux/s390x");
        assertEquals(Outcome.WARMED, warming.carryOut(order("1", WarmReason.PINNED, false)));

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
        warming.carryOut(order);
        List<String> once = List.copyOf(registry.calls);
        assertEquals(Outcome.NOTHING_TO_DO, warming.carryOut(order));
        assertEquals(once, registry.calls);
        assertEquals(1, bus.events().size());
    }

    @Test
    void whileAnotherOrderIsAtItNothingIsDone() {
        registry.publish(NGINX, "linux/amd64");
        leases.acquire(NGINX, "other", clock.instant());
        assertEquals(Outcome.NOTHING_TO_DO, warming.carryOut(order("1", WarmReason.POPULAR, false)));
        assertEquals(List.of(), registry.calls);
    }

    @Test
    void aPlatformThatTheUpstreamDoesNotOfferDoesNotFailTheOrder() {
        registry.publish(NGINX, "linux/amd64");
        assertEquals(Outcome.WARMED, warming.carryOut(order("1", WarmReason.PINNED, false)));
        ImageWarmed told = assertInstanceOf(ImageWarmed.class, bus.events().getFirst());
        assertEquals(List.of(Platform.parse("linux/amd64")), told.platforms());
    }

    @Test
    void layersThatAreLateAreWaitedFor() {
        CachedManifest index = registry.publish(NGINX, "linux/amd64");
        registry.missing.add(layer(index));
        Warming patient = withPause(time -> {
            clock.advance(time);
            registry.missing.clear();
        });
        assertEquals(Outcome.WARMED, patient.carryOut(order("1", WarmReason.PINNED, false)));
    }

    @Test
    void layersThatNeverComeBringTheOrderBackAndLeaveNoRecordOfAWarmImage() {
        CachedManifest index = registry.publish(NGINX, "linux/amd64");
        registry.missing.add(layer(index));
        assertEquals(Outcome.AGAIN, warming.carryOut(order("1", WarmReason.PINNED, false)));
        assertTrue(records.tagged(NGINX).flatMap(TaggedImage::warmedAt).isEmpty());
        assertTrue(
                assertInstanceOf(ImageWarmFailed.class, bus.events().getFirst()).willRetry());
        assertTrue(leases.acquire(NGINX, "2", clock.instant()), "the lease is free again");
    }

    @Test
    void anImageThatIsNotThereFailsForGood() {
        assertEquals(Outcome.FAILED, warming.carryOut(order("1", WarmReason.PINNED, false)));
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
        warming.carryOut(order("2", WarmReason.PINNED, false));
        assertEquals(Optional.empty(), records.tagged(NGINX).flatMap(TaggedImage::lastWarmFailureAt));
    }

    @Test
    void aLimitedUpstreamOpensItsCircuitAndIsNotAskedAgain() {
        registry.outage = Optional.of(Failure.classify("UpstreamTooManyRequests", "429"));
        assertEquals(Outcome.AGAIN, warming.carryOut(order("1", WarmReason.PINNED, false)));
        registry.calls.clear();
        assertEquals(0, records.tagged(NGINX).map(TaggedImage::warmFailures).orElse(0), "it says nothing of the image");
        assertEquals(Outcome.AGAIN, warming.carryOut(order("2", WarmReason.UNDO, false)));
        assertEquals(Outcome.FAILED, warming.carryOut(order("2", WarmReason.PINNED, false)), "the next plan orders it");
        assertEquals(List.of(), registry.calls);
        clock.advance(Circuit.FIRST);
        registry.outage = Optional.empty();
        registry.publish(NGINX, "linux/amd64");
        assertEquals(Outcome.WARMED, warming.carryOut(order("3", WarmReason.PINNED, false)));
        assertEquals(Circuit.CLOSED, states.of("docker-hub").circuit());
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
        assertEquals(Outcome.FAILED, warming.carryOut(order));
        assertEquals(List.of(), registry.calls);
    }

    @Test
    void aTagThatMovedIsRefreshedAndTheOldImageIsKept() {
        CachedManifest old = registry.publish(NGINX, "linux/amd64");
        warming.carryOut(order("1", WarmReason.PINNED, false));
        records.pulled(NGINX, clock.instant());
        Instant pulled = clock.instant();
        clock.advance(Duration.ofHours(22));
        CachedManifest moved = registry.publish(NGINX, "linux/amd64");
        assertEquals(Outcome.WARMED, warming.carryOut(order("2", WarmReason.STALE, true)));
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
    void aTagThatDidNotMoveIsCheckedAndLosesItsKeepTag() {
        CachedManifest index = registry.publish(NGINX, "linux/amd64");
        warming.carryOut(order("1", WarmReason.PINNED, false));
        clock.advance(Duration.ofHours(22));
        warming.carryOut(order("2", WarmReason.STALE, true));
        assertEquals(Optional.of(index.digest()), registry.cached(NGINX));
        assertEquals(Optional.empty(), registry.cached(new Tagged(NGINX.repository(), KeepTag.of(index.digest()))));
        TaggedImage image = records.tagged(NGINX).orElseThrow();
        assertEquals(Optional.of(NOON), image.importedAt());
        assertEquals(Optional.of(clock.instant()), image.checkedAt());
    }

    @Test
    void aRefreshThatTheUpstreamRefusesPutsTheTagBack() {
        CachedManifest index = registry.publish(NGINX, "linux/amd64");
        warming.carryOut(order("1", WarmReason.PINNED, false));
        clock.advance(Duration.ofHours(22));
        registry.outage = Optional.of(Failure.classify("UpstreamUnavailable", "503"));
        assertEquals(Outcome.AGAIN, warming.carryOut(order("2", WarmReason.STALE, true)));
        assertEquals(Optional.of(index.digest()), registry.cached(NGINX));
    }

    @Test
    void aRefreshThatWasCutOffBeforeIsMendedFromTheRecord() {
        CachedManifest index = registry.publish(NGINX, "linux/amd64");
        warming.carryOut(order("1", WarmReason.PINNED, false));
        registry.tag(NGINX.repository(), index, KeepTag.of(index.digest()));
        registry.untag(NGINX);
        registry.outage = Optional.of(Failure.classify("UpstreamUnavailable", "503"));
        clock.advance(Duration.ofHours(22));
        warming.carryOut(order("2", WarmReason.STALE, true));
        assertEquals(Optional.of(index.digest()), registry.cached(NGINX));
    }

    @Test
    void anAnswerFromTheCacheIsNotTakenForACheckOfTheUpstream() {
        registry.publish(NGINX, "linux/amd64");
        warming.carryOut(order("1", WarmReason.PINNED, false));
        clock.advance(Duration.ofHours(5));
        warming.carryOut(order("2", WarmReason.MANUAL, false));
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

    private Digest layer(CachedManifest index) {
        return registry.content(index.children().getFirst().digest())
                .blobs()
                .getLast()
                .digest();
    }

    private Warming withPause(Pause pause) {
        return new Warming(
                new Upstreams(List.of(new Upstream(
                        "docker-hub",
                        Registry.DOCKER_HUB,
                        "registry-1.docker.io",
                        Optional.empty(),
                        List.of(),
                        Optional.empty()))),
                registry,
                records,
                leases,
                new UpstreamHealth(states),
                bus,
                pause,
                clock);
    }

    private static SQSEvent.SQSMessage message(String id, String body) {
        SQSEvent.SQSMessage message = new SQSEvent.SQSMessage();
        message.setMessageId(id);
        message.setBody(body);
        return message;
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
