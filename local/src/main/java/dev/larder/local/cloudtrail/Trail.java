package dev.larder.local.cloudtrail;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A trail of the cell's region. No files are delivered: the bucket is a name.
 *
 * @param custom whether somebody has put selectors of his own
 * @param startedAt when it was last started; stays when it is stopped, as in AWS
 * @param stoppedAt when it was last stopped; stays when it is started again, as in AWS
 */
record Trail(
        String name,
        String bucket,
        Optional<String> keyPrefix,
        boolean globalEvents,
        boolean multiRegion,
        boolean validation,
        Selectors selectors,
        boolean custom,
        boolean logging,
        Optional<Instant> startedAt,
        Optional<Instant> stoppedAt) {
    /** CloudTrail's user guide: files are published about every five minutes. */
    private static final Duration DELIVERY = Duration.ofMinutes(5);

    /** A trail as {@code CreateTrail} makes it: it takes all management events, and is not started. */
    static Trail create(
            String name,
            String bucket,
            Optional<String> keyPrefix,
            boolean globalEvents,
            boolean multiRegion,
            boolean validation) {
        return new Trail(
                name,
                bucket,
                keyPrefix,
                globalEvents,
                multiRegion,
                validation,
                Selectors.ALL_MANAGEMENT_EVENTS,
                false,
                false,
                Optional.empty(),
                Optional.empty());
    }

    /** Logging since that time; a trail that logs already goes on as before, which is inferred. */
    Trail started(Instant at) {
        return logging ? this : with(true, selectors, custom, Optional.of(at), stoppedAt);
    }

    Trail stopped(Instant at) {
        return logging ? with(false, selectors, custom, startedAt, Optional.of(at)) : this;
    }

    Trail with(Selectors chosen) {
        return with(logging, chosen, true, startedAt, stoppedAt);
    }

    private Trail with(
            boolean nowLogging,
            Selectors chosen,
            boolean nowCustom,
            Optional<Instant> started,
            Optional<Instant> stopped) {
        return new Trail(
                name,
                bucket,
                keyPrefix,
                globalEvents,
                multiRegion,
                validation,
                chosen,
                nowCustom,
                nowLogging,
                started,
                stopped);
    }

    /** Whether an API call's event reaches EventBridge on account of this trail. */
    boolean logs(boolean readOnly) {
        return logging && selectors.take(readOnly);
    }

    /** When the last file would have been delivered; empty before the first. */
    Optional<Instant> deliveredAt(Instant now) {
        Instant until = logging ? now : stoppedAt.orElse(now);
        long period = DELIVERY.toSeconds();
        Instant last = Instant.ofEpochSecond(Math.floorDiv(until.getEpochSecond(), period) * period);
        return startedAt.filter(start -> !last.isBefore(start)).map(start -> last);
    }
}
