package dev.larder.cli;

import dev.larder.domain.lifecycle.Explanation;
import dev.larder.domain.lifecycle.Forecast;
import dev.larder.domain.lifecycle.Manifest;
import dev.larder.domain.lifecycle.Objection;
import dev.larder.domain.lifecycle.Policy;
import dev.larder.domain.lifecycle.Quota;
import dev.larder.domain.lifecycle.RepositoryState;
import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.ecr.CacheInventory;
import dev.larder.functions.lifecycle.KeptGroups;
import dev.larder.functions.lifecycle.Run;
import dev.larder.functions.lifecycle.RunLine;
import dev.larder.functions.lifecycle.Tombstone;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds out all that there is to say of one image. */
final class ExplainReading {
    /** So many runs are looked through for the image. */
    private static final int RUNS = 20;

    private final OperatedCell cell;
    private final EvictionReading reading;

    ExplainReading(OperatedCell cell) {
        this.cell = cell;
        this.reading = new EvictionReading(cell);
    }

    /** A run and what it did with the image. */
    record Past(Run run, RunLine line) {}

    /**
     * All that is known of an image.
     *
     * @param cached what is decided about it and when it may go; absent when it is not in the cache
     * @param tombstones what is left of it: it was evicted, if only in the past
     * @param runs of the last ones, those that chose it, the last first
     */
    record Explained(
            RepositoryName repository,
            Digest digest,
            Optional<Cached> cached,
            List<Tombstone> tombstones,
            List<Past> runs) {}

    /**
     * An image that is in the cache.
     *
     * @param byRules when the rules alone let it go
     * @param byQuotas when each quota would, were it exceeded
     * @param stayed what kept it when a run would have taken it, unless it was used since: it comes behind others
     * @param unread how many indexes of its repository no sweep has read yet
     */
    record Cached(
            Explanation explanation,
            Forecast byRules,
            Map<Quota, Forecast> byQuotas,
            Optional<KeptGroups.Kept> stayed,
            int unread) {}

    /**
     * Explains an image.
     *
     * @throws IllegalArgumentException when several are meant
     * @throws IllegalStateException when there is no such image, and no tombstone of one
     */
    Explained of(String text) {
        SoughtImage sought = SoughtImage.parse(text);
        List<RepositoryName> repositories = sought.repository().map(List::of).orElseGet(this::cachedRepositories);
        List<Explained> found = repositories.stream()
                .flatMap(repository -> cached(repository, sought).stream())
                .toList();
        if (found.isEmpty()) {
            found = repositories.stream()
                    .flatMap(repository -> gone(repository, sought).stream())
                    .toList();
        }
        if (found.size() > 1) {
            throw new IllegalArgumentException("several images are called " + text + ": "
                    + found.stream()
                            .map(each -> each.repository() + "@" + each.digest())
                            .toList());
        }
        if (found.isEmpty()) {
            throw new IllegalStateException(
                    text + " is not in the cache, and no tombstone says that Larder ever evicted it");
        }
        return found.getFirst();
    }

    private List<RepositoryName> cachedRepositories() {
        return cell.inventory()
                .repositories()
                .map(CacheInventory.Repository::name)
                .filter(reading.eviction().policy()::covers)
                .toList();
    }

    private List<Explained> cached(RepositoryName repository, SoughtImage sought) {
        List<Manifest> meant = cell.inventory().manifests(repository).stream()
                .filter(manifest -> sought.is(manifest.digest(), manifest.tags()))
                .toList();
        if (meant.isEmpty()) {
            return List.of();
        }
        RepositoryState state = reading.planning().state(repository);
        Map<Digest, Objection> objections = reading.planning().objections(repository);
        return meant.stream()
                .filter(manifest ->
                        state.manifests().stream().anyMatch(now -> now.digest().equals(manifest.digest())))
                .map(manifest -> explained(
                        repository, manifest.digest(), Optional.of(cached(state, objections, manifest.digest()))))
                .toList();
    }

    private Cached cached(RepositoryState state, Map<Digest, Objection> objections, Digest digest) {
        Policy policy = reading.eviction().policy();
        Map<Quota, Forecast> quotas = new LinkedHashMap<>();
        reading.eviction().quotas().stream()
                .filter(quota -> quota.covers(state.repository()))
                .forEach(quota -> quotas.put(
                        quota, Forecast.of(state, policy, Optional.of(quota), objections, digest, cell.now())));
        return new Cached(
                Explanation.of(state, policy, objections, digest, cell.now()),
                Forecast.of(state, policy, Optional.empty(), objections, digest, cell.now()),
                quotas,
                stayed(state, digest),
                reading.unread());
    }

    private Optional<KeptGroups.Kept> stayed(RepositoryState state, Digest digest) {
        Map<KeptGroups.Name, KeptGroups.Kept> kept = reading.keptGroups().of(state.repository());
        return reading.planning()
                .plan(state)
                .groupsOf(digest)
                .flatMap(group -> Optional.ofNullable(kept.get(KeptGroups.Name.of(group)))
                        .filter(found -> found.at().isAfter(group.lastUse()))
                        .stream())
                .max(Comparator.comparing(KeptGroups.Kept::at));
    }

    private List<Explained> gone(RepositoryName repository, SoughtImage sought) {
        return cell.tombstones().of(repository).stream()
                .filter(grave -> sought.is(grave.digest(), grave.tags()))
                .map(Tombstone::digest)
                .distinct()
                .map(digest -> explained(repository, digest, Optional.empty()))
                .toList();
    }

    private Explained explained(RepositoryName repository, Digest digest, Optional<Cached> cached) {
        List<Tombstone> graves = cell.tombstones().of(repository).stream()
                .filter(grave -> grave.digest().equals(digest))
                .toList();
        List<Past> past = new ArrayList<>();
        cell.runs()
                .all()
                .limit(RUNS)
                .forEach(run -> cell.runs()
                        .lines(run.id(), repository)
                        .filter(line -> line.digest().equals(digest))
                        .forEach(line -> past.add(new Past(run, line))));
        return new Explained(repository, digest, cached, graves, past);
    }
}
