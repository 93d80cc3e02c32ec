package dev.larder.functions.lifecycle;

import dev.larder.domain.lifecycle.InUse;
import dev.larder.domain.lifecycle.Manifest;
import dev.larder.domain.lifecycle.RepositoryState;
import dev.larder.domain.popularity.ForwardDecay;
import dev.larder.domain.upstream.Tariff;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.ecr.CacheInventory;
import dev.larder.functions.ecr.ImageCache;
import dev.larder.functions.table.ImageRecords;
import dev.larder.functions.table.RepositoryRecords;
import dev.larder.functions.upstream.Tariffs;
import dev.larder.functions.usage.LastUses;
import dev.larder.functions.usage.LatestFetches;
import dev.larder.functions.warm.Upstreams;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads once all that is known of a repository: what ECR has, what the record says, what is in use. */
public final class RepositoryReading {
    private final Ports ports;
    private final Children children;
    private final LastUses lastUses;
    private final Upstreams upstreams;
    private final ExpectedPulls expected;

    /** What it reads from. */
    public record Ports(
            CacheInventory inventory,
            ImageCache cache,
            ImageRecords records,
            LatestFetches fetches,
            UsageAge age,
            InstantSource clock) {}

    /** Takes the ports of a sweep. */
    RepositoryReading(LifecyclePorts ports, Upstreams upstreams, ForwardDecay decay) {
        this(
                new Ports(
                        ports.inventory(), ports.cache(), ports.records(), ports.fetches(), ports.age(), ports.clock()),
                upstreams,
                decay);
    }

    /**
     * Takes the ports.
     *
     * @param upstreams for what they count
     * @param decay as the record's popularity was made
     */
    public RepositoryReading(Ports ports, Upstreams upstreams, ForwardDecay decay) {
        this.ports = ports;
        this.expected = new ExpectedPulls(decay);
        this.children = new Children(ports.cache(), ports.records());
        this.lastUses = new LastUses(ports.records(), ports.fetches());
        this.upstreams = upstreams;
    }

    /**
     * Reads a repository; one that is gone is empty.
     *
     * @param inUse what every source says now
     */
    public RepositoryState whole(RepositoryName repository, List<InUse> inUse) {
        return read(repository, ports.inventory().manifests(repository), inUse, ports.records()::repository);
    }

    /** Reads some manifests of a repository again, the record as it is at this moment; those that are gone are not in the answer. */
    RepositoryState again(RepositoryName repository, List<Manifest> manifests, List<InUse> inUse) {
        return read(
                repository,
                ports.inventory()
                        .manifests(
                                repository,
                                manifests.stream().map(Manifest::digest).toList()),
                inUse,
                ports.records()::current);
    }

    private RepositoryState read(
            RepositoryName repository,
            List<Manifest> listed,
            List<InUse> inUse,
            Function<RepositoryName, RepositoryRecords> records) {
        // first, so that a gap in the record that is found meanwhile cannot hide a pull
        Optional<Instant> completeSince = ports.age().completeSince(repository);
        Optional<String> doubt =
                completeSince.isPresent() ? Optional.empty() : ports.age().doubt(repository);
        Instant now = ports.clock().instant();
        RepositoryRecords known = records.apply(repository);
        List<Manifest> manifests = children.fill(repository, listed, known);
        Optional<Tariff> tariff = upstreams.of(repository).map(Tariffs::of);
        return new RepositoryState(
                repository,
                manifests,
                expected.in(lastUses.of(manifests, known), manifests, known, now),
                completeSince,
                doubt,
                inUse,
                ports.records().tagging(repository).leftAt(),
                tariff);
    }
}
