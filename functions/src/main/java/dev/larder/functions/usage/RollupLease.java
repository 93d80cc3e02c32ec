package dev.larder.functions.usage;

import dev.larder.functions.table.Attributes;
import dev.larder.functions.table.Key;
import dev.larder.functions.table.Table;
import dev.larder.functions.table.Values;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Sees to it that one run at a time closes days: of two, the one that read the log earlier could have the last word. */
public final class RollupLease {
    private static final Key LEASE = new Key(Key.USAGE, "roll-up");

    /** As long as the function may run. */
    private static final Duration LONGEST = Duration.ofMinutes(15);

    private final Table table;

    /** @param table the cell's */
    public RollupLease(Table table) {
        this.table = table;
    }

    /** Takes the lease; a retry of the same run may take it again. */
    boolean take(String run, Instant now) {
        return table.update(
                LEASE,
                "SET orderId = :run, leaseUntil = :until",
                "attribute_not_exists(leaseUntil) OR leaseUntil < :now OR orderId = :run",
                Map.of(
                        ":run", Values.text(run),
                        ":until", Values.instant(now.plus(LONGEST)),
                        ":now", Values.instant(now)));
    }

    void release(String run) {
        table.delete(LEASE, Attributes.ORDER_ID + " = :run", Map.of(":run", Values.text(run)));
    }
}
