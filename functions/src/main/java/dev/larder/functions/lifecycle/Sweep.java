package dev.larder.functions.lifecycle;

import dev.larder.config.Lifecycle;
import dev.larder.config.Upstream;
import dev.larder.domain.desired.Drift;
import dev.larder.domain.image.Glob;
import dev.larder.domain.lifecycle.Limits;
import dev.larder.domain.lifecycle.Policy;
import dev.larder.domain.lifecycle.Signals;
import dev.larder.functions.bus.EventBus;
import dev.larder.functions.desired.Reconciliation;
import dev.larder.functions.ecr.CacheException;
import dev.larder.functions.ecr.CacheInventory;
import dev.larder.functions.ecr.ImageCache;
import dev.larder.functions.table.ImageRecords;
import dev.larder.functions.usage.LastUses;
import dev.larder.functions.usage.LatestFetches;
import dev.larder.functions.warm.WarmLeases;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Sweeps the cache, repository by repository, and records what came of it. */
public final class Sweep {
    private final CacheInventory inventory;
    private final Runs runs;
    private final UsageAge age;
    private final Policy policy;
    private final boolean enforce;
    private final RepositorySweep repositories;
    private final Reconciliation reconciliation;
    private final InstantSource clock;

    /**
     * Takes settings and ports.
     *
     * @param pins as the file has them
     */
    public Sweep(
            Lifecycle lifecycle,
            List<Upstream> upstreams,
            List<String> pins,
            CacheInventory inventory,
            ImageCache cache,
            ImageRecords records,
            WarmLeases leases,
            Runs runs,
            Tombstones tombstones,
            UsageAge age,
            LatestFetches fetches,
            EventBus bus,
            Reconciliation reconciliation,
            InstantSource clock) {
        Lifecycle.Evict evict = lifecycle.evict();
        KeptPins kept = KeptPins.of(pins);
        this.inventory = inventory;
        this.runs = runs;
        this.age = age;
        this.policy = new Policy(
                upstreams.stream().map(Upstream::prefix).toList(),
                kept.images(),
                evict.notPulledFor(),
                evict.keepNewest(),
                Stream.concat(evict.protect().stream().map(Glob::new), kept.patterns().stream())
                        .toList());
        this.enforce = lifecycle.enforce();
        this.repositories = new RepositorySweep(
                inventory,
                new Children(cache, records),
                records,
                new LastUses(records, fetches),
                runs,
                new Evictor(inventory, records, new LastUses(records, fetches), leases, tombstones, bus, clock),
                policy,
                new Limits(
                        evict.limits().images(),
                        evict.limits().bytes(),
                        evict.limits().repositoryPercent()));
        this.reconciliation = reconciliation;
        this.clock = clock;
    }

    /**
     * Sweeps everything.
     *
     * @param id the run's
     * @param outOfTime whether it has to end here
     */
    public Run sweep(String id, BooleanSupplier outOfTime) {
        Run run = new Run(id, clock.instant(), enforce, Map.of(), 0, Optional.empty());
        runs.put(run);
        Map<String, Long> counts = new TreeMap<>();
        Limits.Spent spent = Limits.Spent.NOTHING;
        Optional<String> stopped = Optional.empty();
        long bytes = 0;
        Iterator<CacheInventory.Repository> all = inventory
                .repositories()
                .filter(repository -> policy.covers(repository.name()))
                .iterator();
        while (all.hasNext() && stopped.isEmpty()) {
            CacheInventory.Repository repository = all.next();
            reconcile(repository);
            Supplier<Signals> signals =
                    () -> new Signals(policy, age.completeSince(repository.name()), clock.instant());
            try {
                RepositorySweep.Result result = repositories.sweep(run, repository.name(), spent, signals);
                runs.add(run, result.lines());
                result.lines().forEach(line -> counts.merge(line.outcome().text(), 1L, Long::sum));
                bytes += freed(result.lines());
                spent = result.spent();
                stopped = result.stopped();
            } catch (CacheException e) {
                System.out.println(repository.name() + " is left out: " + e.getMessage());
                counts.merge("repositories left out", 1L, Long::sum);
            }
            if (stopped.isEmpty() && all.hasNext() && outOfTime.getAsBoolean()) {
                stopped = Optional.of("the function's time is up after " + repository.name()
                        + "; the repositories behind it were not looked at");
            }
        }
        Run done = new Run(id, run.startedAt(), enforce, counts, bytes, stopped);
        runs.put(done);
        return done;
    }

    /** That a repository cannot be brought to its desired state keeps nobody from sweeping it. */
    private void reconcile(CacheInventory.Repository repository) {
        try {
            for (Drift drift : reconciliation.reconcile(repository, true)) {
                System.out.println(repository.name() + ": " + drift.text());
            }
        } catch (CacheException e) {
            System.out.println("the settings of " + repository.name() + " stay as they are: " + e.getMessage());
        }
    }

    private static long freed(List<RunLine> lines) {
        return lines.stream()
                .filter(line -> switch (line.outcome()) {
                    case EVICT, EVICTED -> true;
                    case KEEP, FAILED -> false;
                })
                .mapToLong(line -> line.sizeBytes().orElse(0))
                .sum();
    }
}
