package dev.larder.functions.upstream;

import java.time.Instant;

/** Who may ask an upstream whose circuit is half open: one order at a time. */
public interface Probes {
    /**
     * Lets an order be the probe, for {@link dev.larder.domain.warming.Lease#TERM}.
     *
     * @return false when another order is
     */
    boolean take(String prefix, String orderId, Instant now);

    /** The probe is over; does nothing when another order is the probe. */
    void end(String prefix, String orderId, Instant now);
}
