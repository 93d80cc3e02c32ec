package dev.larder.functions.upstream;

import dev.larder.functions.table.Key;
import dev.larder.functions.table.LeaseItems;
import dev.larder.functions.table.Table;
import java.time.Instant;

/** {@link Probes} in the table. */
public final class DynamoDbProbes implements Probes {
    private final LeaseItems leases;

    /** @param table the cell's */
    public DynamoDbProbes(Table table) {
        this.leases = new LeaseItems(table);
    }

    @Override
    public boolean take(String prefix, String orderId, Instant now) {
        return leases.acquire(Key.probe(prefix), orderId, now);
    }

    @Override
    public void end(String prefix, String orderId, Instant now) {
        leases.release(Key.probe(prefix), orderId, now);
    }
}
