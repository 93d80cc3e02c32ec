package dev.larder.functions.upstream;

import dev.larder.domain.upstream.KnownTags;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.table.Item;
import dev.larder.functions.table.Key;
import dev.larder.functions.table.Table;
import dev.larder.functions.table.Values;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * {@link UpstreamTags} in the table: the bytes of {@link KnownTagsCodec} in parts under a name of their own, and then one
 * item that names them. A reader follows that item, so it has the old tags or the new ones. Whoever replaces a name
 * deletes the parts under it. Parts that a crash leaves behind, and repositories that nobody looks at any more, expire.
 */
public final class DynamoDbUpstreamTags implements UpstreamTags {
    /** An item holds 400 KB, names of its attributes included (DynamoDB's quotas). */
    private static final int PART_BYTES = 350_000;

    private static final Duration EXPIRY = Duration.ofDays(90);

    /** DynamoDB deletes what expired within days and in any order: the parts have to outlive what names them. */
    private static final Duration PARTS_LONGER = Duration.ofDays(14);

    /** Tags that did not change are written again after so long, to keep them from expiring. */
    private static final Duration FRESH = Duration.ofDays(30);

    private static final int TRIES = 5;

    private static final String NAME = "listName";
    private static final String PARTS = "listParts";
    private static final String LISTED_AT = "listedAt";
    private static final String VERSION = "listVersion";
    private static final String WRITTEN_AT = "writtenAt";

    private final Table table;
    private final InstantSource clock;
    private final int partBytes;

    /** @param table the cell's */
    public DynamoDbUpstreamTags(Table table, InstantSource clock) {
        this(table, clock, PART_BYTES);
    }

    DynamoDbUpstreamTags(Table table, InstantSource clock, int partBytes) {
        this.table = table;
        this.clock = clock;
        this.partBytes = partBytes;
    }

    @Override
    public KnownTags of(RepositoryName repository) {
        String last = "";
        for (int i = 0; i < TRIES; i++) {
            Optional<Item> list = table.get(list(repository));
            if (list.isEmpty()) {
                return KnownTags.none(repository);
            }
            Optional<byte[]> bytes = bytes(list.get());
            if (bytes.isPresent()) {
                return new KnownTags(
                        repository,
                        KnownTagsCodec.read(bytes.get()),
                        list.get().instant(LISTED_AT),
                        list.get().text(VERSION));
            }
            String name = list.get().required(NAME);
            if (name.equals(last)) {
                System.out.println("the tags of " + repository + " lost their parts and count as unknown");
                return KnownTags.none(repository);
            }
            last = name;
        }
        throw new IllegalStateException("could not read the tags of " + repository + ": they changed " + TRIES
                + " times while they were being read");
    }

    @Override
    public void keep(KnownTags tags) {
        byte[] bytes = KnownTagsCodec.write(tags.tags());
        Key key = list(tags.repository());
        Instant now = clock.instant();
        Optional<Item> before = table.get(key);
        if (before.isPresent() && isStill(bytes, before.get(), now) && describe(tags, before.get())) {
            return;
        }
        TagParts parts = new TagParts(table, key.pk(), partBytes);
        String name = UUID.randomUUID().toString();
        int count = parts.write(name, bytes, now.plus(EXPIRY).plus(PARTS_LONGER));
        Map<String, AttributeValue> values = new HashMap<>();
        values.put(":name", Values.text(name));
        values.put(":count", Values.number(count));
        values.put(":now", Values.instant(now));
        values.put(":expiry", Values.expiry(now.plus(EXPIRY)));
        String set = "SET #name = :name, listParts = :count, writtenAt = :now, expiresAt = :expiry"
                + description(tags, values);
        Map<String, AttributeValue> old = table.updateReturningOld(key, set, Map.of("#name", NAME), values);
        if (!old.isEmpty()) {
            Item replaced = new Item(old);
            parts.delete(replaced.required(NAME), replaced.whole(PARTS).orElse(0));
        }
    }

    private Optional<byte[]> bytes(Item list) {
        return new TagParts(table, list.key().pk(), partBytes)
                .read(list.required(NAME), list.whole(PARTS).orElse(0));
    }

    private boolean isStill(byte[] bytes, Item before, Instant now) {
        boolean fresh = before.instant(WRITTEN_AT)
                .filter(at -> at.plus(FRESH).isAfter(now))
                .isPresent();
        return fresh && bytes(before).filter(kept -> Arrays.equals(kept, bytes)).isPresent();
    }

    /** Writes only when the list was read and what it is called, unless other tags came in between. */
    private boolean describe(KnownTags tags, Item before) {
        Map<String, AttributeValue> values = new HashMap<>();
        values.put(":name", Values.text(before.required(NAME)));
        return table.update(
                before.key(), "SET listName = :name" + description(tags, values), "listName = :name", values);
    }

    private static String description(KnownTags tags, Map<String, AttributeValue> values) {
        tags.listedAt().ifPresent(at -> values.put(":listedAt", Values.instant(at)));
        tags.version().ifPresent(version -> values.put(":version", Values.text(version)));
        String set = (tags.listedAt().isPresent() ? ", listedAt = :listedAt" : "")
                + (tags.version().isPresent() ? ", listVersion = :version" : "");
        String absent = tags.listedAt().isPresent() ? VERSION : LISTED_AT + ", " + VERSION;
        return tags.version().isPresent() ? set : set + " REMOVE " + absent;
    }

    private static Key list(RepositoryName repository) {
        return new Key("upstream-tags#" + repository, "list");
    }
}
