package dev.larder.functions.warm;

import dev.larder.domain.warming.Lease;
import dev.larder.events.image.ImageReference;
import dev.larder.functions.table.Attributes;
import dev.larder.functions.table.Item;
import dev.larder.functions.table.Key;
import dev.larder.functions.table.Table;
import dev.larder.functions.table.Values;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** {@link WarmLeases} in the table. A lease that ended stays for a while, for events that come late. */
public final class DynamoDbWarmLeases implements WarmLeases {
    private static final Duration KEPT = Duration.ofHours(6);
    private static final Duration AFTERWARDS = Duration.ofMinutes(1);

    private final Table table;

    /** @param table the cell's */
    public DynamoDbWarmLeases(Table table) {
        this.table = table;
    }

    @Override
    public boolean acquire(ImageReference image, String orderId, Instant now) {
        Lease lease = Lease.from(orderId, now);
        return table.update(
                Key.lease(image),
                "SET orderId = :order, leaseFrom = :now, leaseUntil = :until, expiresAt = :expires",
                "attribute_not_exists(leaseUntil) OR leaseUntil <= :now",
                Map.of(
                        ":order", Values.text(orderId),
                        ":now", Values.instant(now),
                        ":until", Values.instant(lease.until()),
                        ":expires", Values.expiry(lease.until().plus(KEPT))));
    }

    @Override
    public void release(ImageReference image, String orderId, Instant now) {
        table.update(
                Key.lease(image),
                "SET leaseUntil = :now",
                "orderId = :order AND leaseUntil > :now",
                Map.of(":order", Values.text(orderId), ":now", Values.instant(now)));
    }

    @Override
    public boolean heldAt(ImageReference image, Instant time) {
        return table.get(Key.lease(image)).filter(item -> covers(item, time)).isPresent();
    }

    private static boolean covers(Item item, Instant time) {
        Instant from = Instant.parse(item.required(Attributes.LEASE_FROM)).truncatedTo(ChronoUnit.SECONDS);
        Instant until = Instant.parse(item.required(Attributes.LEASE_UNTIL)).plus(AFTERWARDS);
        return !time.isBefore(from) && !time.isAfter(until);
    }
}
