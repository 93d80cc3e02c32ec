package dev.larder.functions.lifecycle;

import dev.larder.events.LifecycleWork;
import dev.larder.functions.bus.EventBus;
import dev.larder.functions.ecr.CacheInventory;
import dev.larder.functions.ecr.ImageCache;
import dev.larder.functions.ecr.RepositorySettings;
import dev.larder.functions.inuse.InUseSources;
import dev.larder.functions.sweep.EvictionSwitch;
import dev.larder.functions.sweep.LifecycleQueue;
import dev.larder.functions.sweep.Pieces;
import dev.larder.functions.table.ImageRecords;
import dev.larder.functions.usage.LatestFetches;
import dev.larder.functions.warm.WarmLeases;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** What the pieces of a sweep read and write. */
public record LifecyclePorts(
        CacheInventory inventory,
        ImageCache cache,
        ImageRecords records,
        LatestFetches fetches,
        UsageAge age,
        InUseSources inUse,
        Objections objections,
        KnownObjections known,
        KeptGroups keptGroups,
        RepositorySettings settings,
        WarmLeases leases,
        Runs runs,
        Pieces pieces,
        Tombstones tombstones,
        EvictionSwitch killSwitch,
        LifecycleQueue queue,
        EventBus bus,
        InstantSource clock) {
    private static final Duration READ_ON = Duration.ofSeconds(30);

    /** So long after the start of a sweep its pieces wait for no reading any more; in five hours it is given up. */
    private static final Duration PATIENCE = Duration.ofHours(3);

    /**
     * Whether what is in use can be read within the time of a piece; otherwise the piece comes again, and the reading goes on
     * then. It is sent, not failed: this is no try that counts towards the dead letters.
     */
    boolean isReady(LifecycleWork piece) {
        // in the end a piece goes on, and what could not be read keeps everything
        boolean ready = clock.instant().isAfter(piece.startedAt().plus(PATIENCE)) || inUse.readAhead();
        if (!ready) {
            System.out.println("what is in use takes more than one piece's time to read; the reading goes on");
            queue.send(List.of(piece), READ_ON);
        }
        return ready;
    }
}
