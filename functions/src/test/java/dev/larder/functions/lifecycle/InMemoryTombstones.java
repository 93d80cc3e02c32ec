package dev.larder.functions.lifecycle;

import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** {@link Tombstones} in a map, held to the same contract test as the table's. */
public final class InMemoryTombstones implements Tombstones {
    private final Map<String, Tombstone> graves = new TreeMap<>();

    @Override
    public void put(List<Tombstone> tombstones) {
        tombstones.forEach(
                tombstone -> graves.put(key(tombstone.repository(), tombstone.digest(), tombstone.run()), tombstone));
    }

    private static String key(RepositoryName repository, Digest digest, String run) {
        return repository + " " + digest + " " + run;
    }

    @Override
    public void remove(RepositoryName repository, Digest digest, String run) {
        graves.remove(key(repository, digest, run));
    }

    @Override
    public Optional<Tombstone> get(RepositoryName repository, Digest digest, String run) {
        return Optional.ofNullable(graves.get(key(repository, digest, run)));
    }

    @Override
    public Optional<Tombstone> get(RepositoryName repository, String name) {
        return of(repository).stream()
                .filter(grave -> grave.digest().value().equals(name)
                        || grave.tags().stream().map(Tag::value).anyMatch(name::equals))
                .max(Comparator.comparing(Tombstone::evictedAt));
    }

    @Override
    public List<Tombstone> of(RepositoryName repository) {
        return graves.values().stream()
                .filter(grave -> grave.repository().equals(repository))
                .toList();
    }
}
