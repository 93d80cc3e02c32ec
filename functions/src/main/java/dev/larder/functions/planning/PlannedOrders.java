package dev.larder.functions.planning;

import dev.larder.domain.warming.Lease;
import dev.larder.events.WarmOrder;
import dev.larder.events.image.ImageReference;
import dev.larder.functions.table.Key;
import dev.larder.functions.table.Table;
import dev.larder.functions.table.Values;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Remembers what was ordered and may not be done yet, so that the next plan does not order it again. It is written once
 * the orders are in the queue: a crash in between makes an order come twice, never not at all.
 */
public final class PlannedOrders {
    private static final String UNTIL = "orderedUntil";

    private final Table table;

    /** @param table the cell's */
    public PlannedOrders(Table table) {
        this.table = table;
    }

    /** Whether an order for the image may be under way. */
    public boolean has(ImageReference image, Instant now) {
        return table.get(key(image))
                .flatMap(item -> item.instant(UNTIL))
                .filter(now::isBefore)
                .isPresent();
    }

    /** The orders are in the queue. */
    public void sent(List<WarmOrder> orders) {
        for (WarmOrder order : orders) {
            Instant until = order.notBefore().plus(Lease.TERM).plus(Lease.TERM);
            table.update(
                    key(order.image()),
                    "SET orderedUntil = :until, expiresAt = :expiry",
                    Map.of(":until", Values.instant(until), ":expiry", Values.expiry(until.plus(Lease.TERM))));
        }
    }

    /** The order came to an end: the next plan may order the image again. */
    public void ended(ImageReference image) {
        table.delete(key(image));
    }

    private static Key key(ImageReference image) {
        return new Key("order#" + image, "planned");
    }
}
