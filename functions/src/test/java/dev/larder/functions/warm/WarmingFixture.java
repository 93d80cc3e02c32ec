package dev.larder.functions.warm;

import dev.larder.events.WarmOrder;
import dev.larder.events.WarmReason;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.Platform;
import dev.larder.functions.MovableClock;
import dev.larder.functions.bus.RecordingBus;
import dev.larder.functions.bus.RecordingOrders;
import dev.larder.functions.ecr.FakeRegistry;
import dev.larder.functions.registry.FakeUpstreams;
import dev.larder.functions.table.InMemoryImageRecords;
import dev.larder.functions.upstream.InMemoryUpstreamStates;
import dev.larder.functions.warm.WarmEnding.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** A worker that warms, with everything in memory. */
abstract class WarmingFixture {
    static final Tagged NGINX = (Tagged) ImageReference.parse("docker-hub/library/nginx:1.27");
    static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    final MovableClock clock = new MovableClock(NOON);
    final Worker worker = new Worker(clock);
    final FakeRegistry registry = worker.registry;
    final FakeUpstreams upstreams = worker.upstreams;
    final InMemoryImageRecords records = worker.records;
    final InMemoryWarmLeases leases = worker.leases;
    final InMemoryUpstreamStates states = worker.states;
    final RecordingOrders queue = worker.queue;
    final RecordingBus bus = worker.bus;
    final Warming warming = worker.warming();

    List<String> later() {
        return queue.sentLater().stream().map(sent -> sent.order().orderId()).toList();
    }

    Outcome carryOut(WarmOrder order) {
        return warming.carryOut(order).outcome();
    }

    WarmOrder order(String id, WarmReason reason, String... platforms) {
        return WarmOrder.atOnce(
                id, NGINX, reason, Stream.of(platforms).map(Platform::parse).toList(), false, clock.instant());
    }

    WarmOrder order(String id, WarmReason reason, boolean refresh) {
        return WarmOrder.atOnce(
                id,
                NGINX,
                reason,
                List.of(Platform.parse("linux/amd64"), Platform.parse("linux/arm64")),
                refresh,
                clock.instant());
    }
}
