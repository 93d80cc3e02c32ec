package dev.larder.functions.warm;

import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.functions.table.Attributes;
import dev.larder.functions.table.Key;
import dev.larder.functions.table.Table;
import dev.larder.functions.table.Values;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** {@link TagsOff} in the table. */
public final class DynamoDbTagsOff implements TagsOff {
    /** As long as a queue keeps an order among its dead letters. */
    private static final Duration KEPT = Duration.ofDays(14);

    private static final String IMAGE = "image";

    private final Table table;

    /** @param table the cell's */
    public DynamoDbTagsOff(Table table) {
        this.table = table;
    }

    @Override
    public void note(String orderId, Off off, Instant now) {
        table.update(
                key(orderId),
                "SET image = :image, digest = :digest, expiresAt = :expiry",
                Map.of(
                        ":image", Values.text(off.image().toString()),
                        ":digest", Values.text(off.from().value()),
                        ":expiry", Values.expiry(now.plus(KEPT))));
    }

    @Override
    public Optional<Off> of(String orderId) {
        return table.get(key(orderId))
                .map(item -> new Off(
                        (Tagged) ImageReference.parse(item.required(IMAGE)),
                        new Digest(item.required(Attributes.DIGEST))));
    }

    @Override
    public void forget(String orderId) {
        table.delete(key(orderId));
    }

    private static Key key(String orderId) {
        return new Key("tag-off#" + orderId, "tag");
    }
}
