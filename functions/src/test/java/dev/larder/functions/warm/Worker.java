package dev.larder.functions.warm;

import dev.larder.config.Budget;
import dev.larder.config.Registry;
import dev.larder.config.Upstream;
import dev.larder.domain.upstream.KnownTags;
import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import dev.larder.functions.MovableClock;
import dev.larder.functions.bus.RecordingBus;
import dev.larder.functions.bus.RecordingOrders;
import dev.larder.functions.ecr.FakeRegistry;
import dev.larder.functions.ecr.ImageCache;
import dev.larder.functions.registry.FakeUpstreams;
import dev.larder.functions.table.InMemoryImageRecords;
import dev.larder.functions.upstream.FundsPurse;
import dev.larder.functions.upstream.InMemoryProbes;
import dev.larder.functions.upstream.InMemoryUpstreamStates;
import dev.larder.functions.upstream.Probes;
import dev.larder.functions.upstream.UpstreamGate;
import dev.larder.functions.upstream.UpstreamHealth;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The worker with everything around it in memory. */
final class Worker {
    final MovableClock clock;
    final FakeRegistry registry;
    final FakeUpstreams upstreams;
    final InMemoryImageRecords records = new InMemoryImageRecords();
    final InMemoryWarmLeases leases = new InMemoryWarmLeases();
    final InMemoryTagsOff off = new InMemoryTagsOff();
    final InMemoryUpstreamStates states = new InMemoryUpstreamStates();
    final RecordingOrders queue = new RecordingOrders();
    final RecordingBus bus = new RecordingBus();
    final Map<Tag, KnownTags.Seen> known = new HashMap<>();

    Pause pause;

    Probes probes = new InMemoryProbes();

    ImageCache cache;

    /** The name of the secret that the rule has, if it has one. */
    Optional<String> credentials = Optional.empty();

    Worker(MovableClock clock) {
        this.clock = clock;
        this.registry = new FakeRegistry(clock);
        this.upstreams = new FakeUpstreams(registry::published, registry::content);
        this.pause = clock::advance;
        this.cache = registry;
    }

    /** A tag that the upstream is known to have. */
    void known(String tag, Digest digest) {
        known.put(new Tag(tag), new KnownTags.Seen(Instant.EPOCH, Optional.of(digest), Optional.of(Instant.EPOCH)));
    }

    /** A tag that the upstream is known to have, and nobody looked at. */
    void known(String tag) {
        known.put(new Tag(tag), new KnownTags.Seen(Instant.EPOCH, Optional.empty(), Optional.empty()));
    }

    Warming warming() {
        return warming(Registry.DOCKER_HUB, Optional.empty());
    }

    Warming warming(Registry kind, Optional<Budget> budget) {
        UpstreamHealth health = new UpstreamHealth(states);
        return new Warming(new WarmPorts(
                new Upstreams(List.of(new Upstream(
                        "docker-hub", kind, "registry-1.docker.io", credentials, List.of("library/*"), budget))),
                cache,
                records,
                leases,
                off,
                health,
                new UpstreamGate(health, probes, clock),
                upstreams,
                new FundsPurse(states),
                this::tags,
                queue,
                bus,
                time -> pause.pause(time),
                () -> 0.5,
                clock));
    }

    private KnownTags tags(RepositoryName repository) {
        return new KnownTags(repository, known, Optional.of(Instant.EPOCH), Optional.empty());
    }
}
