package dev.larder.local.sqs;

import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.elasticmq.util.NowProvider;

/** The cloud's time, for delays and visibility timeouts. */
final class CloudNow extends NowProvider {
    private final InstantSource clock;

    CloudNow(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public long nowMillis() {
        return clock.millis();
    }

    @Override
    public OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
