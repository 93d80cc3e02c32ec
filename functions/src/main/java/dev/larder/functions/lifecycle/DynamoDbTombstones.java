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
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * {@link Tombstones} in the table: each one item under its digest and run, and for each of its tags a small one that leads
 * there. So the size of what is written grows with the number of tags, not with its square, and an item stays below
 * DynamoDB's 400 KB: ECR gives an image at most 1,000 tags, and a tag has at most 128 characters.
 */
public final class DynamoDbTombstones implements Tombstones {
    private static final Comparator<Item> LATEST_FIRST = Comparator.comparing(
                    (Item item) -> Instant.parse(item.required(Attributes.EVICTED_AT)))
            .thenComparing(item -> item.key().sk())
            .reversed();

    private final Table table;

    /** @param table the cell's */
    public DynamoDbTombstones(Table table) {
        this.table = table;
    }

    /** What tags lead to is written before them, and removed after them: by it, they are found. */
    @Override
    public void put(List<Tombstone> tombstones) {
        // a batch must not name an item twice
        Map<Key, Map<String, AttributeValue>> items = new LinkedHashMap<>();
        for (Tombstone tombstone : tombstones) {
            Key key = Key.tombstone(tombstone.repository(), tombstone.digest(), tombstone.run());
            items.put(key, item(key, tombstone));
        }
        for (Tombstone tombstone : tombstones) {
            for (Key key : byTag(tombstone)) {
                items.put(key, pointer(key, tombstone));
            }
        }
        table.putAll(List.copyOf(items.values()));
    }

    private static List<Key> byTag(Tombstone tombstone) {
        return tombstone.tags().stream()
                .map(tag -> Key.tombstone(tombstone.repository(), tag, tombstone.digest(), tombstone.run()))
                .toList();
    }

    private static Map<String, AttributeValue> pointer(Key key, Tombstone tombstone) {
        Map<String, AttributeValue> item = new HashMap<>(key.attributes());
        item.put(Attributes.DIGEST, Values.text(tombstone.digest().value()));
        item.put(Attributes.EVICTED_AT, Values.instant(tombstone.evictedAt()));
        item.put(Attributes.RUN, Values.text(tombstone.run()));
        return item;
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
        if (tombstone.byDigest()) {
            item.put(Attributes.BY_DIGEST, Values.flag(true));
        }
        item.put(Attributes.RUN, Values.text(tombstone.run()));
        return item;
    }

    @Override
    public void remove(RepositoryName repository, Digest digest, String run) {
        get(repository, digest, run).ifPresent(tombstone -> {
            table.deleteAll(byTag(tombstone));
            table.delete(Key.tombstone(repository, digest, run));
        });
    }

    @Override
    public Optional<Tombstone> get(RepositoryName repository, Digest digest, String run) {
        return table.get(Key.tombstone(repository, digest, run)).map(item -> read(repository, item));
    }

    @Override
    public Optional<Tombstone> get(RepositoryName repository, String name) {
        return Digest.isDigest(name) ? latest(repository, new Digest(name)) : latest(repository, new Tag(name));
    }

    private Optional<Tombstone> latest(RepositoryName repository, Digest digest) {
        return table.consistentPartition(Key.tombstonesOf(repository), Key.tombstonesOf(digest))
                .min(LATEST_FIRST)
                .map(item -> read(repository, item));
    }

    /** A tag may lead nowhere, or to what is of another eviction by the same run, when a worker died in between. */
    private Optional<Tombstone> latest(RepositoryName repository, Tag tag) {
        return table.consistentPartition(Key.tombstonesOf(repository), Key.tombstonesOf(tag))
                .sorted(LATEST_FIRST)
                .flatMap(item ->
                        get(repository, new Digest(item.required(Attributes.DIGEST)), item.required(Attributes.RUN))
                                .stream())
                .filter(tombstone -> tombstone.tags().contains(tag))
                .findFirst();
    }

    @Override
    public List<Tombstone> of(RepositoryName repository) {
        return table.partition(Key.tombstonesOf(repository), Key.DIGEST)
                .map(item -> read(repository, item))
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
                item.flag(Attributes.BY_DIGEST),
                item.required(Attributes.RUN));
    }
}
