package dev.larder.functions.cache;

import dev.larder.domain.usage.Fact.Sync;
import dev.larder.domain.usage.LogHour;
import dev.larder.functions.usage.UsageLog;
import java.time.InstantSource;
import java.util.List;

/** Logs ECR's trips upstream that clients had to wait for: what makes their pulls cold, stale or failed. */
public final class Trips {
    private final UsageLog log;
    private final InstantSource clock;

    /** Takes the log. */
    public Trips(UsageLog log, InstantSource clock) {
        this.log = log;
        this.clock = clock;
    }

    void log(Sync sync) {
        log.append(LogHour.of(sync.time()), List.of(sync), clock.instant());
    }
}
