package dev.larder.functions.lifecycle;

import dev.larder.events.image.Digest;
import dev.larder.events.image.Platform;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import dev.larder.functions.table.Attributes;
import dev.larder.functions.table.Item;
import dev.larder.functions.table.Key;
import dev.larder.functions.table.Table;
import dev.larder.functions.table.Values;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** {@link Tombstones} in the table. */
public final class DynamoDbTombstones implements Tombstones {
    private final Table table;

    /** @param table the cell's */
    public DynamoDbTombstones(Table table) {
        this.table = table;
    }

    @Override
    public void put(List<Tombstone> tombstones) {
        // of two images that had the same tag, the one named last: a batch must not name an item twice
        Map<Key, Map<String, AttributeValue>> items = new LinkedHashMap<>();
        for (Tombstone tombstone : tombstones) {
            for (String name : names(tombstone.digest(), tombstone.tags())) {
                Key key = Key.tombstone(tombstone.repository(), name);
                items.put(key, item(key, tombstone));
            }
        }
        table.putAll(List.copyOf(items.values()));
    }

    private static Map<String, AttributeValue> item(Key key, Tombstone tombstone) {
        Map<String, AttributeValue> item = new HashMap<>(key.attributes());
        item.put(Attributes.DIGEST, Values.text(tombstone.digest().value()));
        if (!tombstone.tags().isEmpty()) {
            item.put(Attributes.TAGS, Values.set(tombstone.tags()));
        }
        if (!tombstone.platforms().isEmpty()) {
            item.put(Attributes.PLATFORMS, Values.set(tombstone.platforms()));
        }
        tombstone.sizeBytes().ifPresent(size -> item.put(Attributes.SIZE_BYTES, Values.number(size)));
        item.put(Attributes.EVICTED_AT, Values.instant(tombstone.evictedAt()));
        item.put(Attributes.REASON, Values.text(tombstone.reason()));
        item.put(Attributes.EVIDENCE, Values.list(tombstone.evidence()));
        item.put(Attributes.RUN, Values.text(tombstone.run()));
        return item;
    }

    @Override
    public void remove(RepositoryName repository, Digest digest, List<Tag> tags) {
        names(digest, tags).forEach(name -> table.delete(Key.tombstone(repository, name)));
    }

    private static List<String> names(Digest digest, List<Tag> tags) {
        return tags.isEmpty()
                ? List.of(digest.value())
                : tags.stream().map(Tag::value).toList();
    }

    @Override
    public Optional<Tombstone> get(RepositoryName repository, String name) {
        return table.get(Key.tombstone(repository, name)).map(item -> read(repository, item));
    }

    @Override
    public List<Tombstone> of(RepositoryName repository) {
        return table.partition(Key.tombstonesOf(repository))
                .map(item -> read(repository, item))
                .distinct()
                .toList();
    }

    private static Tombstone read(RepositoryName repository, Item item) {
        return new Tombstone(
                repository,
                new Digest(item.required(Attributes.DIGEST)),
                item.set(Attributes.TAGS).stream().map(Tag::new).toList(),
                item.set(Attributes.PLATFORMS).stream().map(Platform::parse).toList(),
                item.whole(Attributes.SIZE_BYTES),
                Instant.parse(item.required(Attributes.EVICTED_AT)),
                item.required(Attributes.REASON),
                item.list(Attributes.EVIDENCE),
                item.required(Attributes.RUN));
    }
}
