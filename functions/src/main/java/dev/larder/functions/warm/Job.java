package dev.larder.functions.warm;

import dev.larder.config.Upstream;
import dev.larder.events.WarmOrder;
import dev.larder.events.image.Platform;
import java.time.Instant;
import java.util.Set;
import java.util.function.Consumer;

/**
 * An order that is being carried out.
 *
 * @param start since when
 * @param account what is paid for it
 * @param probe whether it is to find out whether the upstream works again
 * @param landing hears which platforms have landed
 */
record Job(
        WarmOrder order,
        Upstream upstream,
        Instant start,
        OrderAccount account,
        boolean probe,
        Consumer<Set<Platform>> landing) {
    /** The same, as the probe or not. */
    Job probing(boolean isProbe) {
        return new Job(order, upstream, start, account, isProbe, landing);
    }
}
