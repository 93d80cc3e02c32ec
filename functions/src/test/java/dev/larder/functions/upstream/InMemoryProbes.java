package dev.larder.functions.upstream;

import dev.larder.domain.warming.Lease;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** {@link Probes} in a map, held to the same contract test as the table's. */
public final class InMemoryProbes implements Probes {
    private final Map<String, Lease> probes = new HashMap<>();

    @Override
    public boolean take(String prefix, String orderId, Instant now) {
        Lease held = probes.get(prefix);
        if (held != null && !held.isOver(now)) {
            return false;
        }
        probes.put(prefix, Lease.from(orderId, now));
        return true;
    }

    @Override
    public void end(String prefix, String orderId, Instant now) {
        probes.computeIfPresent(prefix, (key, held) -> held.orderId().equals(orderId) ? new Lease(orderId, now) : held);
    }
}
