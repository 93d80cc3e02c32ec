package dev.larder.functions.lifecycle;

import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** {@link Tombstones} in a map, held to the same contract test as the table's. */
public final class InMemoryTombstones implements Tombstones {
    private final Map<String, Tombstone> graves = new TreeMap<>();

    @Override
    public void put(List<Tombstone> tombstones) {
        tombstones.forEach(tombstone -> names(tombstone.digest(), tombstone.tags())
                .forEach(name -> graves.put(tombstone.repository() + " " + name, tombstone)));
    }

    @Override
    public void remove(RepositoryName repository, Digest digest, List<Tag> tags) {
        names(digest, tags).forEach(name -> graves.remove(repository + " " + name));
    }

    private static List<String> names(Digest digest, List<Tag> tags) {
        return tags.isEmpty()
                ? List.of(digest.value())
                : tags.stream().map(Tag::value).toList();
    }

    @Override
    public Optional<Tombstone> get(RepositoryName repository, String name) {
        return Optional.ofNullable(graves.get(repository + " " + name));
    }

    @Override
    public List<Tombstone> of(RepositoryName repository) {
        return graves.values().stream()
                .filter(grave -> grave.repository().equals(repository))
                .distinct()
                .toList();
    }
}
