package dev.larder.functions.planning;

import dev.larder.functions.table.Attributes;
import dev.larder.functions.table.Key;
import dev.larder.functions.table.Table;
import dev.larder.functions.table.Values;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;

/** Counts the bytes that warming brings in a day (UTC): what orders may bring at most, less what they did not. */
public final class DayBytes {
    private static final Duration KEPT = Duration.ofDays(7);

    private final Table table;

    /** @param table the cell's */
    public DayBytes(Table table) {
        this.table = table;
    }

    /** Those of the day so far. */
    public long of(Instant now) {
        return Math.max(
                0,
                table.get(key(now))
                        .map(item -> item.whole(Attributes.BYTES).orElse(0))
                        .orElse(0L));
    }

    /**
     * Adds to the day's what is about to be ordered.
     *
     * @param bytes 0 or more
     * @param limit of the day
     * @return false when the day does not hold it; nothing was added then
     */
    public boolean take(long bytes, long limit, Instant now) {
        return bytes == 0
                || (bytes <= limit
                        && table.update(
                                key(now),
                                "ADD #bytes :bytes SET expiresAt = :expiry".replace("#bytes", Attributes.BYTES),
                                "attribute_not_exists(#bytes) OR #bytes <= :room".replace("#bytes", Attributes.BYTES),
                                Map.of(
                                        ":bytes", Values.number(bytes),
                                        ":room", Values.number(limit - bytes),
                                        ":expiry", Values.expiry(now.plus(KEPT)))));
    }

    /**
     * Adds to the day's.
     *
     * @param bytes below zero for what was added and not needed
     */
    public void add(long bytes, Instant now) {
        if (bytes != 0) {
            table.update(
                    key(now),
                    "ADD #bytes :bytes SET expiresAt = :expiry".replace("#bytes", Attributes.BYTES),
                    Map.of(":bytes", Values.number(bytes), ":expiry", Values.expiry(now.plus(KEPT))));
        }
    }

    private static Key key(Instant now) {
        return new Key("warmed-bytes", LocalDate.ofInstant(now, ZoneOffset.UTC).toString());
    }
}
