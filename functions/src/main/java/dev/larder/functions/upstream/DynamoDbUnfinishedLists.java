package dev.larder.functions.upstream;

import dev.larder.domain.upstream.KnownTags.Seen;
import dev.larder.domain.upstream.TagListing;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.table.Item;
import dev.larder.functions.table.Key;
import dev.larder.functions.table.Table;
import dev.larder.functions.table.Values;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * {@link UnfinishedLists} in the table, in parts as {@link DynamoDbUpstreamTags} has them. A list of which the parts are not
 * all there any more is read from its beginning.
 */
public final class DynamoDbUnfinishedLists implements UnfinishedLists {
    private static final int PART_BYTES = 350_000;

    /** What was read before this is too old to be part of a list. */
    private static final Duration EXPIRY = Duration.ofDays(7);

    private static final String NAME = "listName";
    private static final String PARTS = "listParts";

    private final Table table;
    private final InstantSource clock;

    /** @param table the cell's */
    public DynamoDbUnfinishedLists(Table table, InstantSource clock) {
        this.table = table;
        this.clock = clock;
    }

    @Override
    public Optional<TagListing> of(RepositoryName repository) {
        Key key = key(repository);
        return table.get(key)
                .filter(item -> begunAt(item).isPresent())
                .flatMap(item -> parts(key)
                        .read(item.required(NAME), item.whole(PARTS).orElse(0))
                        .map(bytes -> TagListing.begun(
                                KnownTagsCodec.read(bytes).keySet(),
                                item.text("nextPage"),
                                (int) item.whole("pages").orElse(0),
                                (int) item.whole("idlePages").orElse(0))));
    }

    @Override
    public void keep(RepositoryName repository, TagListing listing) {
        Key key = key(repository);
        Instant now = clock.instant();
        Instant begun = table.get(key).flatMap(this::begunAt).orElse(now);
        String name = UUID.randomUUID().toString();
        byte[] bytes = KnownTagsCodec.write(listing.tags().stream()
                .collect(Collectors.toMap(
                        Function.identity(), tag -> new Seen(Instant.EPOCH, Optional.empty(), Optional.empty()))));
        Map<String, AttributeValue> values = new HashMap<>();
        values.put(":name", Values.text(name));
        values.put(":count", Values.number(parts(key).write(name, bytes, now.plus(EXPIRY.multipliedBy(2)))));
        values.put(":next", Values.text(listing.next().orElseThrow()));
        values.put(":pages", Values.number(listing.pages()));
        values.put(":idle", Values.number(listing.idle()));
        values.put(":begun", Values.instant(begun));
        values.put(":expiry", Values.expiry(begun.plus(EXPIRY)));
        removeParts(
                key,
                table.updateReturningOld(
                        key,
                        "SET #name = :name, listParts = :count, nextPage = :next, pages = :pages, idlePages = :idle,"
                                + " begunAt = :begun, expiresAt = :expiry",
                        Map.of("#name", NAME),
                        values));
    }

    @Override
    public void forget(RepositoryName repository) {
        Key key = key(repository);
        table.get(key).ifPresent(item -> {
            table.delete(key);
            parts(key).delete(item.required(NAME), item.whole(PARTS).orElse(0));
        });
    }

    private Optional<Instant> begunAt(Item list) {
        return list.instant("begunAt").filter(at -> at.plus(EXPIRY).isAfter(clock.instant()));
    }

    private void removeParts(Key key, Map<String, AttributeValue> old) {
        if (!old.isEmpty()) {
            Item replaced = new Item(old);
            parts(key).delete(replaced.required(NAME), replaced.whole(PARTS).orElse(0));
        }
    }

    private TagParts parts(Key key) {
        return new TagParts(table, key.pk(), PART_BYTES);
    }

    private static Key key(RepositoryName repository) {
        return new Key("upstream-list#" + repository, "list");
    }
}
