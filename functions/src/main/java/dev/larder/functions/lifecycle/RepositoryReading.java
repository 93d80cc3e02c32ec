package dev.larder.functions.lifecycle;

import dev.larder.domain.lifecycle.InUse;
import dev.larder.domain.lifecycle.Manifest;
import dev.larder.domain.lifecycle.RepositoryState;
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
import java.util.List;
import java.util.Optional;

/** Reads once all that is known of a repository: what ECR has, what the record says, what is in use. */
public final class RepositoryReading {
    private final CacheInventory inventory;
    private final ImageRecords records;
    private final UsageAge age;
    private final Children children;
    private final LastUses lastUses;
    private final Upstreams upstreams;

    /** Takes the ports, and the upstreams for what they count. */
    public RepositoryReading(LifecyclePorts ports, Upstreams upstreams) {
        this(ports.inventory(), ports.cache(), ports.records(), ports.fetches(), ports.age(), upstreams);
    }

    /** Takes those of the ports that it reads from. */
    public RepositoryReading(
            CacheInventory inventory,
            ImageCache cache,
            ImageRecords records,
            LatestFetches fetches,
            UsageAge age,
            Upstreams upstreams) {
        this.inventory = inventory;
        this.records = records;
        this.age = age;
        this.children = new Children(cache, records);
        this.lastUses = new LastUses(records, fetches);
        this.upstreams = upstreams;
    }

    /**
     * Reads a repository; one that is gone is empty.
     *
     * @param inUse what every source says now
     */
    public RepositoryState whole(RepositoryName repository, List<InUse> inUse) {
        return read(repository, inventory.manifests(repository), inUse);
    }

    /** Reads some manifests of a repository again; those that are gone are not in the answer. */
    RepositoryState again(RepositoryName repository, List<Manifest> manifests, List<InUse> inUse) {
        return read(
                repository,
                inventory.manifests(
                        repository, manifests.stream().map(Manifest::digest).toList()),
                inUse);
    }

    private RepositoryState read(RepositoryName repository, List<Manifest> listed, List<InUse> inUse) {
        RepositoryRecords known = records.repository(repository);
        List<Manifest> manifests = children.fill(repository, listed, known);
        Optional<Tariff> tariff = upstreams.of(repository).map(Tariffs::of);
        return new RepositoryState(
                repository,
                manifests,
                lastUses.of(manifests, known),
                age.completeSince(repository),
                inUse,
                records.tagging(repository).leftAt(),
                tariff);
    }
}
