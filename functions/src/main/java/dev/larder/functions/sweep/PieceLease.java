package dev.larder.functions.sweep;

import dev.larder.functions.table.Attributes;
import dev.larder.functions.table.Key;
import dev.larder.functions.table.Table;
import dev.larder.functions.table.Values;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The right to be at work at a piece: the queue may deliver it to two workers at once. Closing it gives it back; that of a
 * worker that died runs out.
 */
public final class PieceLease implements AutoCloseable {
    /** Longer than a worker lives, so that who had it is not at it any more: Lambda ends a function after a quarter of an hour. */
    public static final Duration TERM = Duration.ofMinutes(16);

    /** When a piece that somebody else is at is looked at again. */
    public static final Duration AGAIN = Duration.ofMinutes(5);

    private final Table table;
    private final Key key;
    private final String holder;

    private PieceLease(Table table, Key key, String holder) {
        this.table = table;
        this.key = key;
        this.holder = holder;
    }

    /** A call that the client repeats, as its answer was lost, has it as well. */
    static Optional<PieceLease> take(Table table, Key key, Instant now) {
        String holder = UUID.randomUUID().toString();
        boolean taken = table.update(
                key,
                "SET attempt = :holder, leaseUntil = :until, expiresAt = :expires",
                "attribute_not_exists(leaseUntil) OR leaseUntil <= :now OR attempt = :holder",
                Map.of(
                        ":holder", Values.text(holder),
                        ":now", Values.instant(now),
                        ":until", Values.instant(now.plus(TERM)),
                        ":expires", Values.expiry(now.plus(Pieces.KEPT))));
        return taken ? Optional.of(new PieceLease(table, key, holder)) : Optional.empty();
    }

    /** Does nothing when it ran out and somebody else has it by now. */
    @Override
    public void close() {
        table.delete(key, Attributes.ATTEMPT + " = :holder", Map.of(":holder", Values.text(holder)));
    }
}
