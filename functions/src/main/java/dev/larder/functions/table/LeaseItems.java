package dev.larder.functions.table;

import dev.larder.domain.warming.Lease;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Leases in the table: an item that one order has for a while. One that ended stays for some hours. */
public final class LeaseItems {
    private static final Duration KEPT = Duration.ofHours(6);

    private final Table table;

    /** @param table the cell's */
    public LeaseItems(Table table) {
        this.table = table;
    }

    /** Takes the lease for an order, unless it is held; what was noted in the item of the one before is forgotten. */
    public boolean acquire(Key key, String orderId, Instant now) {
        Lease lease = Lease.from(orderId, now);
        return table.update(
                key,
                "SET orderId = :order, leaseFrom = :now, leaseUntil = :until, expiresAt = :expires"
                        + " REMOVE landed, outcome, failureKind, failureCode, failureReason",
                "attribute_not_exists(leaseUntil) OR leaseUntil <= :now",
                Map.of(
                        ":order", Values.text(orderId),
                        ":now", Values.instant(now),
                        ":until", Values.instant(lease.until()),
                        ":expires", Values.expiry(lease.until().plus(KEPT))));
    }

    /** Ends the order's lease; does nothing when another order has it, or it is over. */
    public void release(Key key, String orderId, Instant now) {
        table.update(
                key,
                "SET leaseUntil = :now",
                "orderId = :order AND leaseUntil > :now",
                Map.of(":order", Values.text(orderId), ":now", Values.instant(now)));
    }
}
